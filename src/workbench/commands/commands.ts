import type { MappedClass } from '../../core/evaluation/class-mapping.js';
import type { CsvStyle } from '../../core/export/csv-row.js';
import type { Detail } from '../../core/pipeline/detail.js';
import type { Box, Region, Threshold } from '../../core/types.js';
import type { Container } from '../../datasets/types.js';
import type { CaseRequest } from '../evaluation/cases.js';
import type { ReportFormat, Settings } from '../evaluation/evaluator-api.js';
import type { RunDetail } from '../evaluation/run-detail.js';
import type { ExportFormat } from '../exports/export-file.js';
import type { Keeping, LessonTool } from '../lessons/state.js';
import type { ModelAction } from '../models/model-library.js';
import type { PhotoOrder } from '../results/ranking.js';
import type { ColumnKey } from '../results/sorting.js';
import type { ChosenThresholds } from '../settings/chosen-thresholds.js';
import type { Theme } from '../settings/theme.js';
import type { Dialog, ExportScope, View } from '../state.js';
import type { UsageFormat } from '../usage/usage-export.js';

export type { ChosenThresholds };

/** One photo or defect; the one that is shown or selected, where none is named. */
type One = { readonly id?: number | undefined } | undefined;

/** The one that is shown, where none is named. */
interface OfPhoto {
  readonly photo?: number | undefined;
}

/** The arguments of an action: all of it but its kind. */
type Rest<Action> = keyof Omit<Action, 'kind'> extends never ? undefined : Omit<Action, 'kind'>;

/** What can be asked of the models, as `model.` and the action's kind: `model.choose`, `model.rename` ... */
type ModelCommands = { readonly [A in ModelAction as `model.${A['kind']}`]: Rest<A> };

/** Save what is reported on all photos, or on the one that is shown. A CSV lists photos without a result, too. */
export type ExportCommands = {
  readonly [F in ExportFormat as `export.${F}`]: { readonly scope: ExportScope };
};

/**
 * Everything that can be done, by stable ids, with what each needs to know. Keys, menus and views reach the same ones, and
 * so does whoever embeds the element, by its method `run`. The first word says what it is about: the singular means one
 * of them, the plural all.
 */
export interface Commands extends ModelCommands, ExportCommands {
  /** Opens the browser's dialog for files. */
  'photos.choose': undefined;
  /** Cancels what waits and what runs. */
  'photos.cancel': undefined;
  /** Begins nothing new; what runs goes on. */
  'photos.pause': undefined;
  'photos.resume': undefined;
  /** Inspects those again that failed. */
  'photos.retry': undefined;
  /** Inspects those again that were cancelled. */
  'photos.retry-cancelled': undefined;
  /** Inspects those again that another model than the one in use has inspected, or that are looked at in another way now. */
  'photos.update': undefined;
  /** Inspects those again that are looked at in another way now, and no others. */
  'photos.look-again': undefined;
  /** Makes nothing of what was dropped and is still being looked through. */
  'photos.stop-looking': undefined;
  /** Takes all from the list; can be undone. */
  'photos.clear': undefined;
  /** Takes those that are chosen together from the list, or else the one that is shown; can be undone. */
  'photos.remove': undefined;
  /** Chooses several together, until another photo is shown: what is said of photos is said of them. */
  'photos.select': { readonly ids: readonly number[] };
  /** In which order they are listed, once all were inspected by what was learnt. */
  'photos.order': { readonly by: PhotoOrder };

  'photo.next': undefined;
  'photo.previous': undefined;
  'photo.show': { readonly id: number };
  'photo.cancel': One;
  /** Inspects it again. */
  'photo.retry': One;
  /** Inspects it in tiles, too, however long that takes; the others go on as they are looked at. */
  'photo.thorough': One;
  /** Of a photo with 16 bits a sample: 2^bits - 1 is white, 8..16. It is inspected again, and not remembered. */
  'photo.bits': { readonly id?: number; readonly bits: number };
  /** Takes it from the list; can be undone. */
  'photo.remove': One;

  /**
   * How thoroughly photos are looked at: in one view, in tiles, too, or in tiles where they are needed and take less than a minute. The photo that is shown
   * is inspected again where that changes it, unless it was cancelled; others keep their results until `photos.update`, and one that was cancelled
   * until `photo.retry`, too. Can be undone.
   */
  'detail.set': { readonly detail: Detail };
  /** Longer side of the smallest defect that matters, photo pixels, at least 1; undefined: nobody says. As for `detail.set`. */
  'smallest.set': { readonly smallest: number | undefined };
  /** Begins to measure it, by a rectangle on the photo. */
  'smallest.draw': undefined;
  /** Inspects a rectangle of a photo as if it were the photo; without an area, all of it again. Can be undone. */
  'area.inspect': { readonly id?: number | undefined; readonly area: Box | undefined };
  /** Begins to draw the rectangle on the photo; ends that, where it was begun. */
  'area.draw': undefined;
  /** Inspects what is in view as an area. */
  'area.view': undefined;
  /** No rectangle is drawn any more. */
  'drawing.end': undefined;

  /** In the order of the table, around its end. */
  'defect.next': undefined;
  'defect.previous': undefined;
  /** Without an id, nothing is selected. */
  'defect.select': One;
  /** As if the pointer were over it; without an id, over none. */
  'defect.hover': One;
  /** Brings it to the middle of the picture, and close. */
  'defect.zoom': One;

  'view.next': undefined;
  /** Undefined: as there is room for. */
  'view.set': { readonly view: View | undefined };
  'zoom.in': undefined;
  'zoom.out': undefined;
  /** Shows all of the photo. */
  'zoom.fit': undefined;
  /** One pixel of the photo on one pixel of the screen. */
  'zoom.actual': undefined;
  /** Whether the next photo is shown where this one lies: on, or off again. */
  'zoom.keep': undefined;
  'masks.hide': undefined;
  'masks.show': undefined;
  'boxes.toggle': undefined;
  'labels.toggle': undefined;
  /** How opaque the masks' filling is, 0..1. */
  'fill.set': { readonly opacity: number };
  /** Shows or hides a class in the views; exports keep it. Can be undone. */
  'class.toggle': { readonly id: number };
  /** Shows all classes again; can be undone. */
  'classes.show': undefined;
  /** By another column, or the other way round. */
  'table.sort': { readonly key: ColumnKey };
  /** Kept, for pages that ask for none. */
  'theme.set': { readonly theme: Theme };

  'threshold.lower': undefined;
  'threshold.raise': undefined;
  /** Each class's own. */
  'threshold.auto': undefined;
  'threshold.set': { readonly threshold: Threshold };
  /**
   * A person's own threshold for one class of the model that the photo was inspected by; `auto`: what the model recommends.
   * The other classes keep the thresholds that are in use. Kept; steps that follow one another are undone as one.
   */
  'class.threshold': { readonly id: number; readonly threshold: Threshold };
  /** Keeps thresholds for the classes of a model; can be undone. */
  'thresholds.use': ChosenThresholds;
  /** Forgets the kept ones of the model that the photo was inspected by; can be undone. */
  'thresholds.reset': undefined;

  /** CSVs are written with commas, or with semicolons and decimal commas. */
  'export.csv-style': { readonly style: CsvStyle };

  /** Loads the chosen model once more, then inspects the photos that failed. */
  'model.retry': undefined;
  /** Chooses the shipped model, then inspects the photos that failed. */
  'model.use-shipped': undefined;

  /** Reads again what earlier visits have kept, where the browser's storage didn't give it. */
  'storage.retry': undefined;

  'dialog.keys': undefined;
  'dialog.models': undefined;
  /** That one, where it is named and open. */
  'dialog.close': { readonly dialog: Dialog } | undefined;

  /** Shows the evaluation; what was evaluated before is still there. */
  'evaluation.open': undefined;
  /** Whether single letters and signs are keys; kept. */
  'keys.letters': { readonly isOn: boolean };
  /** Reads annotated photos, or a ZIP of them, in place of those that are there. */
  'evaluation.read': { readonly source: Container | File };
  /** Stops that; what was there before stays. */
  'evaluation.stop-reading': undefined;
  /** Reads the same folder or ZIP by another of its COCO files. */
  'evaluation.read-by': { readonly annotationFile: string };
  /** Forgets the photos and all about them. */
  'evaluation.clear': undefined;
  /** Says how thoroughly the next run looks at photos. */
  'evaluation.look': { readonly detail: RunDetail };
  /** Runs the model in use over all photos, in place of whatever was run. */
  'evaluation.start': undefined;
  /** Runs another one, by its name, address or file, to be compared with the first; without one, none is compared. */
  'evaluation.compare': { readonly model?: string | Blob | undefined };
  /** Begins no more photos; those that are being inspected go on. */
  'evaluation.pause': undefined;
  'evaluation.resume': undefined;
  /** Stops; what is done stays. */
  'evaluation.cancel': undefined;
  /** Inspects the photos that failed, or that were not reached before a stop. */
  'evaluation.retry': undefined;
  /** Says what a class of the photos is to the model at that place. */
  'evaluation.map': { readonly place: number; readonly name: string; readonly to: MappedClass };
  /** Changes how it is counted: by which thresholds, at which cost, whether classes matter. */
  'evaluation.count': Partial<Settings>;
  /** Uses the proposed thresholds of the first model in the inspector; can be undone. */
  'evaluation.use': undefined;
  /** Lists cases: those of an outcome, of a cell of the confusion matrix, or of what two models differ in. */
  'evaluation.list': CaseRequest;
  /** Shows the photo of one of them, by its place in the list; without a place, none. */
  'evaluation.case': { readonly place?: number | undefined } | undefined;
  'evaluation.next-case': undefined;
  'evaluation.previous-case': undefined;
  /** Closes the notice that a run has ended. */
  'evaluation.seen': undefined;
  /** Saves a report of the figures. */
  'evaluation.export': { readonly format: ReportFormat };

  /**
   * Begins a lesson, in place of the one that is taught. Every change of a lesson can be undone, however many follow, until it is left;
   * one that is left without being saved can be had back by `lesson.back`.
   */
  'lesson.start': { readonly name?: string } | undefined;
  /** Teaches no more. The lesson is lost unless it is saved, or had back. */
  'lesson.close': undefined;
  /** Takes up again the lesson that was left last without being saved, while its notice offers it. */
  'lesson.back': undefined;
  /** The one that is taught, or one that is kept on this device; where that is the same, both. Can be undone. */
  'lesson.rename': { readonly name: string; readonly key?: string | undefined };
  /** Names are distinct, whatever their case. The new class is that of the next mark. */
  'lesson.add-class': { readonly name: string };
  /** @param color `#rrggbb` */
  'lesson.change-class': { readonly id: number; readonly name?: string; readonly color?: string };
  /** With all that is marked as it. */
  'lesson.remove-class': { readonly id: number };
  /** The next mark is one of that class. */
  'lesson.choose-class': { readonly id: number };
  /** The same by its place among the classes, from 1 on. */
  'lesson.class-number': { readonly number: number };
  'lesson.tool': { readonly tool: LessonTool };
  /** Radius, photo pixels; as near as can be. */
  'lesson.brush': { readonly radius: number };
  /**
   * Marks what lies in the region as of the chosen class; a lesson without a class gets one. What it meets of that class becomes one mark with
   * it, and pixels of other marks are its own now.
   */
  'lesson.mark': OfPhoto & { readonly region: Region };
  /** Takes pixels from all marks. */
  'lesson.erase': OfPhoto & { readonly region: Region };
  'lesson.remove-mark': OfPhoto & { readonly id: number };
  'lesson.change-mark': OfPhoto & { readonly id: number; readonly classId: number };
  /** Says of photos that there is no defect in them, whatever was marked; where that is said of all of them already, that nothing is said of them. */
  'lesson.good': { readonly ids?: readonly number[] } | undefined;
  /** Makes a mark of a detection, as of the class of that name: of the selected one, where none is named. */
  'lesson.accept': (OfPhoto & { readonly detection?: number | undefined }) | undefined;
  /** Learns the lesson, and inspects all photos by what was learnt. */
  'lesson.learn': undefined;
  /** Stops learning; what was learnt before stays in use. */
  'lesson.cancel': undefined;
  /** Shows one of the places that tell most, by its index. */
  'lesson.show-next': { readonly index: number };
  /** Keeps the lesson on this device. */
  'lesson.save': { readonly keep: Keeping };
  /** Where another tab has saved it meanwhile: keeps this one beside it, under another name. */
  'lesson.keep-both': undefined;
  /** The same: keeps this one in its place. */
  'lesson.replace': undefined;
  /** The same: takes up that one. */
  'lesson.open-newer': undefined;
  /** Inspects all photos by what was learnt. */
  'lesson.use': undefined;
  /** Takes up a lesson that is kept on this device. */
  'lesson.open': { readonly key: string };
  'lesson.duplicate': { readonly key: string };
  'lesson.delete': { readonly key: string };
  /** Takes a photo out of the lesson, in the list or not. */
  'lesson.forget': { readonly id: number };
  /** Saves the lesson as one file, which a drop opens again. */
  'lesson.export': undefined;
  /** Saves what was learnt as a model, an .onnx file. */
  'lesson.export-model': undefined;
  /** Saves photos and marks as a ZIP with COCO annotations, for training a network of one's own. */
  'lesson.export-coco': undefined;

  /** Leads through a lesson on sample photos, where there are some. */
  'walk.start': undefined;
  /** Does what its step asks for. */
  'walk.show-me': undefined;
  /** Goes on to the next step. */
  'walk.skip': undefined;
  /** Ends it; the lesson stays. */
  'walk.leave': undefined;
  /** Ends it, and begins another lesson without the samples; can be undone. */
  'walk.own-part': undefined;

  /** Shows what was counted on this device, where it is counted. */
  'usage.open': undefined;
  /** Saves the counts. */
  'usage.export': { readonly format: UsageFormat };
  /** Forgets all that was ever counted on this device. */
  'usage.clear': undefined;

  /** Closes a notice for good. */
  'notice.dismiss': { readonly subject: object };

  'edit.undo': undefined;
  'edit.redo': undefined;
}

export type CommandId = keyof Commands;

/** The arguments after the id; none for commands that take none. */
export type ArgsOf<Id extends CommandId> = undefined extends Commands[Id]
  ? [args?: Commands[Id]]
  : [args: Commands[Id]];

/** Commands that need no more than their id. */
export type PlainCommand = { [Id in CommandId]: undefined extends Commands[Id] ? Id : never }[CommandId];
