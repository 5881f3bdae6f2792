/** The element as a component of React, and its tag for JSX. */
import { createComponent, type EventName } from '@lit/react';
import * as React from 'react';
import { DefectInspectorElement, type DefectInspectorEvents } from './index.js';

const event = <Type extends keyof DefectInspectorEvents>(type: Type) =>
  type as EventName<DefectInspectorEvents[Type]>;

/** `<DefectInspector threshold={0.4} onDefectResult={({ detail }) => …} />`; a ref is the element itself. */
export const DefectInspector = createComponent({
  react: React,
  tagName: 'defect-inspector',
  elementClass: DefectInspectorElement,
  displayName: 'DefectInspector',
  events: {
    onDefectPhoto: event('defect-photo'),
    onDefectProgress: event('defect-progress'),
    onDefectResult: event('defect-result'),
    onDefectError: event('defect-error'),
    onDefectModel: event('defect-model'),
    onDefectSelect: event('defect-select'),
    onDefectThreshold: event('defect-threshold'),
    onDefectView: event('defect-view'),
  },
});

/** What may be written in the tag itself. */
type TagAttributes = Partial<
  Pick<
    DefectInspectorElement,
    | 'model'
    | 'assets'
    | 'threads'
    | 'loading'
    | 'detail'
    | 'smallest'
    | 'threshold'
    | 'view'
    | 'theme'
    | 'teaching'
  >
> & {
  readonly 'drop-target'?: DefectInspectorElement['dropTarget'];
  readonly 'letter-keys'?: DefectInspectorElement['letterKeys'];
  readonly 'time-limit'?: number;
  readonly 'counts-usage'?: boolean;
  readonly 'lesson-samples'?: string;
};

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- It is React's.
  namespace JSX {
    interface IntrinsicElements {
      'defect-inspector': React.DetailedHTMLProps<
        React.HTMLAttributes<DefectInspectorElement>,
        DefectInspectorElement
      > &
        TagAttributes;
    }
  }
}
