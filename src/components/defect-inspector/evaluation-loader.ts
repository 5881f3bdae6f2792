import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import type { Container } from '../../datasets/types.js';
import type { ChosenThresholds } from '../../workbench/commands/commands.js';
import type { ConnectEvaluator } from '../../workbench/evaluation/connect-evaluator.js';
import type { EvaluationHost } from '../../workbench/evaluation/host.js';
import type { Drop } from '../../workbench/intake/intake.js';
import type { EvaluationPort } from '../../workbench/ports.js';
import type { Workbench } from '../../workbench/workbench.js';
import type { DefectEvaluation } from '../evaluation/evaluation.component.js';

/** The evaluation of an inspector: a part of the page that is fetched when somebody first asks for it. */
export class EvaluationLoader implements EvaluationPort {
  private module: typeof import('../evaluation/evaluation.js') | undefined;
  private evaluationHost: EvaluationHost | undefined;

  /** @param connect starts an evaluator */
  constructor(
    private readonly host: LitElement,
    private readonly connect: () => ConnectEvaluator | undefined,
  ) {}

  /** Null until it is loaded and drawn. */
  get element(): DefectEvaluation | null {
    return this.host.shadowRoot?.querySelector('defect-evaluation') ?? null;
  }

  async load(): Promise<void> {
    this.module ??= await import('../evaluation/evaluation.js');
    this.host.requestUpdate();
    await this.host.updateComplete;
  }

  async datasetIn(drop: Drop): Promise<Container | undefined> {
    return this.module?.datasetIn(drop);
  }

  async photosIn(zip: File): Promise<Drop | undefined> {
    return this.module?.photosIn(zip);
  }

  async take(source: Container | File): Promise<void> {
    await this.element?.take(source instanceof File ? { name: source.name, zip: source } : source);
  }

  render(workbench: Workbench): TemplateResult | typeof nothing {
    if (!this.module) return nothing;
    this.evaluationHost ??= hostOf(workbench, this.connect);
    return html`<defect-evaluation
      .host=${this.evaluationHost}
      @thresholds-use=${({ detail }: CustomEvent<ChosenThresholds>) => workbench.run('thresholds.use', detail)}
    ></defect-evaluation>`;
  }
}

const hostOf = (
  { session, ports, derived }: Workbench,
  connect: () => ConnectEvaluator | undefined,
): EvaluationHost => ({
  // The entry that sets the factory sets this as well.
  connect: () => connect()!(),
  current: () => session.get(),
  // Without a factory there is no detector to evaluate either, which `current` says.
  factory: (options) => ports.detectorFactory()!(options),
  catalogue: async () => (await ports.modelShelf()?.catalogue()) ?? [],
  recipe: () => derived.recipe,
});
