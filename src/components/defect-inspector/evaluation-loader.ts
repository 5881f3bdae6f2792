import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import { thresholdsOf } from '../../core/recipe/threshold.js';
import type { Source } from '../../datasets/types.js';
import type { ChosenThresholds } from '../../workbench/commands/commands.js';
import type { Drop } from '../../workbench/intake/intake.js';
import type { EvaluationPort } from '../../workbench/ports.js';
import type { Workbench } from '../../workbench/workbench.js';
import type { DefectEvaluation, EvaluationModels } from '../evaluation/evaluation.component.js';

/** The evaluation of an inspector: a part of the page that is fetched when somebody first asks for it. */
export class EvaluationLoader implements EvaluationPort {
  private module: typeof import('../evaluation/evaluation.js') | undefined;
  private models: EvaluationModels | undefined;

  constructor(private readonly host: LitElement) {}

  /** Null until it is loaded and drawn. */
  get element(): DefectEvaluation | null {
    return this.host.shadowRoot?.querySelector('defect-evaluation') ?? null;
  }

  async load(): Promise<void> {
    this.module ??= await import('../evaluation/evaluation.js');
    this.host.requestUpdate();
    await this.host.updateComplete;
  }

  datasetIn({ name, all }: Drop): Source | undefined {
    const source = this.module?.folderSource(name, all);
    return source && this.module?.mayBeDataset(source) ? source : undefined;
  }

  async take(source: Source | File): Promise<void> {
    if (source instanceof File) await this.element?.takeZip(source);
    else await this.element?.take(source);
  }

  render(workbench: Workbench): TemplateResult | typeof nothing {
    if (!this.module) return nothing;
    this.models ??= modelsOf(workbench);
    return html`<defect-evaluation
      .models=${this.models}
      @thresholds-use=${({ detail }: CustomEvent<ChosenThresholds>) => workbench.run('thresholds.use', detail)}
    ></defect-evaluation>`;
  }
}

const modelsOf = ({ session, ports, derived }: Workbench): EvaluationModels => ({
  current: () => session.get(),
  // Without a factory there is no detector to evaluate either, which `current` says.
  factory: (options) => ports.detectorFactory()!(options),
  catalogue: async () => (await ports.modelShelf()?.catalogue()) ?? [],
  inUse: (model) => thresholdsOf(model, derived.recipe),
});
