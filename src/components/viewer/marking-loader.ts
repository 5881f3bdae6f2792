import { html, nothing, type TemplateResult } from 'lit';
import { text } from '../../messages/text.js';
import type { Marking, MarkingHost } from './marking/marking.js';

/** Fetches what marking takes, once somebody teaches. */
export class MarkingLoader {
  marking: Marking | undefined;
  private state: 'none' | 'loading' | 'failed' | 'there' = 'none';

  /** @param changed is called when it is there, or could not be fetched */
  constructor(
    private readonly host: MarkingHost,
    private readonly changed: () => void,
  ) {}

  /** Nothing where it is there, under way, or failed: then somebody is asked to try again, or teaches anew. */
  load(): void {
    if (this.state === 'none') this.fetch();
  }

  /** Nobody teaches any more: what failed is asked for again by the next lesson. */
  leave(): void {
    if (this.state === 'failed') this.state = 'none';
  }

  renderFailure(): TemplateResult | typeof nothing {
    if (this.state !== 'failed') return nothing;
    return html`<div class="pill failure" role="alert">
      <span>${text.viewer.markingNotLoaded}</span>
      <button type="button" @click=${() => this.fetch()}>${text.photoStatus.retry}</button>
    </div>`;
  }

  private fetch(): void {
    this.state = 'loading';
    import('./marking/marking.js')
      .then(
        ({ Marking }) => {
          this.marking = new Marking(this.host);
          this.state = 'there';
        },
        () => {
          this.state = 'failed';
        },
      )
      .finally(this.changed)
      .catch(reportError);
  }
}
