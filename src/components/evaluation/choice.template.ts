import { html, type TemplateResult } from 'lit';

export interface Option<Value extends string> {
  readonly value: Value;
  readonly text: string;
  readonly title: string;
}

/** One of a few, all of them in sight. @param name of the group, unique within the shadow root */
export function renderChoice<Value extends string>(
  legend: string,
  name: string,
  chosen: Value | undefined,
  options: readonly Option<Value>[],
  onChange: (value: Value) => unknown,
): TemplateResult {
  return html`<fieldset class="choice">
    <legend class="hidden-text">${legend}</legend>
    ${options.map(
      ({ value, text, title }) =>
        html`<label title=${title}
          ><input
            type="radio"
            name=${name}
            .checked=${value === chosen}
            @change=${() => onChange(value)}
          />${text}</label
        >`,
    )}
  </fieldset>`;
}
