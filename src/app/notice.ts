/** What the page says by itself, where the element shows its own notices. */

export interface NoticeOptions {
  /** What the button is called that takes the notice away. */
  readonly dismiss: string;
  readonly action?: { readonly name: string; readonly act: () => void };
  /** One under another below the sentence. */
  readonly lines?: readonly string[];
}

/** To be put into the element. */
export function makeNotice(sentence: string, { dismiss, action, lines = [] }: NoticeOptions): HTMLElement {
  const notice = document.createElement('div');
  notice.slot = 'notices';
  notice.setAttribute('role', 'status');
  const said = document.createElement('p');
  said.textContent = sentence;
  notice.append(said);
  if (action) notice.append(button(action.name, action.act));
  notice.append(button(dismiss, () => notice.remove()));
  if (lines.length > 0) notice.append(list(lines));
  return notice;
}

function button(name: string, act: () => void): HTMLElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = name;
  made.addEventListener('click', act);
  return made;
}

function list(lines: readonly string[]): HTMLElement {
  const made = document.createElement('ul');
  for (const line of lines) {
    const item = document.createElement('li');
    item.textContent = line;
    made.append(item);
  }
  return made;
}
