/** A small client of the W3C's WebDriver protocol: https://www.w3.org/TR/webdriver2/ */

/** What a script returns: exceptions cross as data, since drivers tell little of them. */
type Outcome = { readonly value: unknown } | { readonly error: string };

export class WebDriver {
  private constructor(
    private readonly server: string,
    private readonly session: string,
  ) {}

  /** Opens a session, once the server listens. */
  static async open(server: string, capabilities: Readonly<Record<string, unknown>>): Promise<WebDriver> {
    await untilReady(server);
    const { sessionId } = (await request(server, 'POST', '/session', {
      capabilities: { alwaysMatch: capabilities },
    })) as { sessionId: string };
    const driver = new WebDriver(server, sessionId);
    await driver.post('timeouts', { script: 180_000, pageLoad: 60_000 });
    return driver;
  }

  async goto(url: string): Promise<void> {
    await this.post('url', { url });
  }

  async reload(): Promise<void> {
    await this.post('refresh', {});
  }

  async resize(width: number, height: number): Promise<void> {
    await this.post('window/rect', { width, height });
  }

  /** Calls a function, given as its source, in the page and awaits it. @throws {Error} what it throws */
  async call(source: string, argument: unknown): Promise<unknown> {
    // As null, since JSON knows no undefined.
    const args = [argument ?? null];
    const script = `const done = arguments[1];
      Promise.resolve(arguments[0]).then(${source}).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const outcome = (await this.post('execute/async', { script, args })) as Outcome;
    if ('error' in outcome) throw new Error(outcome.error);
    return outcome.value;
  }

  /** A click on a point of the viewport, in CSS pixels. */
  async clickAt(x: number, y: number): Promise<void> {
    const actions = [
      { type: 'pointerMove', x, y, duration: 0, origin: 'viewport' },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    await this.post('actions', { actions: [{ type: 'pointer', id: 'mouse', actions }] });
  }

  /** A key, by its code point in the protocol's table. */
  async press(key: string): Promise<void> {
    const actions = [
      { type: 'keyDown', value: key },
      { type: 'keyUp', value: key },
    ];
    await this.post('actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  async close(): Promise<void> {
    await request(this.server, 'DELETE', `/session/${this.session}`);
  }

  private post(path: string, body: object): Promise<unknown> {
    return request(this.server, 'POST', `/session/${this.session}/${path}`, body);
  }
}

async function untilReady(server: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await request(server, 'GET', '/status');
      return;
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

async function request(server: string, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(server + path, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const { value } = (await response.json()) as { value: unknown };
  if (response.ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`${method} ${path}: ${error}: ${message}`);
}
