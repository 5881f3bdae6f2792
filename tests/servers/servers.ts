/** Web servers as people have them: as Debian packs them, with its settings; only folder, port and places for logs are the tests' own. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Running {
  readonly url: string;
  stop(): Promise<void>;
}

interface Place {
  /** The built page. */
  readonly root: string;
  /** For everything that the server writes. */
  readonly own: string;
  readonly port: number;
  /** What docs/deploy.md adds to the settings of the site; '' for none. */
  readonly snippet: string;
}

interface Start {
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Server {
  readonly name: string;
  /** Debian's package; undefined for what comes in another way. */
  readonly debian?: string;
  isInstalled(): boolean;
  start(place: Place): Promise<Start>;
}

const has = (...paths: readonly string[]): boolean => paths.every((path) => existsSync(path));

/** A setting that must be there: otherwise a test would run without what it is about. */
function replace(text: string, found: RegExp | string, by: string): string {
  const replaced = text.replace(found, () => by);
  if (replaced === text) throw new Error(`The packed settings have no “${String(found)}”.`);
  return replaced;
}

export const nginx: Server = {
  name: 'nginx',
  debian: 'nginx-light',
  isInstalled: () => has('/usr/sbin/nginx', '/etc/nginx/mime.types', '/etc/nginx/sites-available/default'),
  async start({ root, own, port, snippet }) {
    let site = await readFile('/etc/nginx/sites-available/default', 'utf8');
    site = replace(site, 'listen 80 default_server;', `listen 127.0.0.1:${port} default_server;`);
    site = replace(site, 'listen [::]:80 default_server;', '');
    site = replace(site, 'root /var/www/html;', `root ${root};\n${snippet}`);
    let settings = await readFile('/etc/nginx/nginx.conf', 'utf8');
    settings = replace(settings, 'pid /run/nginx.pid;', `pid ${own}/nginx.pid;\ndaemon off;`);
    settings = replace(settings, /error_log \S+;/, `error_log ${own}/error.log;`);
    settings = replace(settings, /access_log \S+;/, `access_log off;\n${temporary(own)}`);
    settings = replace(settings, 'include /etc/nginx/sites-enabled/*;', site);
    await writeFile(join(own, 'nginx.conf'), settings);
    return { command: ['/usr/sbin/nginx', '-c', join(own, 'nginx.conf'), '-e', join(own, 'error.log')] };
  },
};

/** Debian's places for these belong to root. */
const temporary = (own: string): string =>
  ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${own}/${name};`)
    .join('\n');

export const apache: Server = {
  name: 'Apache',
  debian: 'apache2',
  isInstalled: () => has('/usr/sbin/apache2', '/etc/apache2/apache2.conf', '/etc/apache2/mods-enabled'),
  async start({ root, own, port, snippet }) {
    let settings = await readFile('/etc/apache2/apache2.conf', 'utf8');
    settings = replace(settings, 'Include ports.conf', `Listen 127.0.0.1:${port}\nServerName localhost`);
    // What `a2enmod headers` would do.
    const module = snippet ? 'LoadModule headers_module /usr/lib/apache2/modules/mod_headers.so\n' : '';
    const site = `${module}<VirtualHost *:${port}>\nDocumentRoot ${root}\n${snippet}\n</VirtualHost>`;
    const folder = `<Directory ${root}>\nOptions Indexes FollowSymLinks\nAllowOverride None\nRequire all granted\n</Directory>`;
    settings = replace(settings, 'IncludeOptional sites-enabled/*.conf', `${folder}\n${site}`);
    await writeFile(join(own, 'apache2.conf'), settings);
    return {
      command: [
        '/usr/sbin/apache2',
        '-d',
        '/etc/apache2',
        '-f',
        join(own, 'apache2.conf'),
        '-D',
        'FOREGROUND',
      ],
      environment: {
        APACHE_RUN_USER: 'www-data',
        APACHE_RUN_GROUP: 'www-data',
        APACHE_PID_FILE: join(own, 'apache2.pid'),
        APACHE_RUN_DIR: own,
        APACHE_LOCK_DIR: own,
        APACHE_LOG_DIR: own,
      },
    };
  },
};

export const caddy: Server = {
  name: 'Caddy',
  debian: 'caddy',
  isInstalled: () => has('/usr/bin/caddy', '/etc/caddy/Caddyfile'),
  async start({ root, own, port, snippet }) {
    let settings = await readFile('/etc/caddy/Caddyfile', 'utf8');
    settings = replace(settings, /^:80 \{/m, `{\n\tadmin off\n}\n\nhttp://localhost:${port} {\n${snippet}`);
    settings = replace(settings, 'root * /usr/share/caddy', `root * ${root}`);
    await writeFile(join(own, 'Caddyfile'), settings);
    return {
      command: ['/usr/bin/caddy', 'run', '--adapter', 'caddyfile', '--config', join(own, 'Caddyfile')],
      environment: { HOME: own, XDG_DATA_HOME: own, XDG_CONFIG_HOME: own },
    };
  },
};

export const python: Server = {
  name: 'python3 -m http.server',
  isInstalled: () => spawnSync('python3', ['--version']).status === 0,
  start: async ({ root, port }) => ({
    command: ['python3', '-m', 'http.server', String(port), '--bind', '127.0.0.1', '--directory', root],
  }),
};

/** From npm's registry, as whoever types it gets it; the first time that takes a while. */
export const serve: Server = {
  name: 'npx serve',
  isInstalled: () => spawnSync('npx', ['--yes', 'serve@14', '--version'], { timeout: 120_000 }).status === 0,
  start: async ({ root, port }) => ({
    command: ['npx', '--yes', 'serve@14', '--no-clipboard', '--listen', `tcp://127.0.0.1:${port}`, root],
  }),
};

/** @param snippet as in `Place` */
export async function run(server: Server, snippet = ''): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'server-'));
  const [root, own] = [join(folder, 'site'), join(folder, 'own')];
  await cp('dist', root, { recursive: true });
  await mkdir(own);
  // Servers that root starts read as somebody else.
  await Promise.all([folder, own].map((path) => chmod(path, 0o755)));
  const port = await freePort();
  const { command, environment } = await server.start({ root, own, port, snippet });
  const [program = '', ...rest] = command;
  const child = spawn(program, rest, { env: { ...process.env, ...environment }, detached: true });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += String(part)));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    // Whatever it has started, too.
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const url = `http://localhost:${port}/`;
  try {
    await untilAnswered(url, () => child.exitCode !== null);
  } catch (cause) {
    await stop();
    throw new Error(`${server.name} has not started: ${said}`, { cause });
  }
  return { url, stop };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

async function untilAnswered(url: string, hasEnded: () => boolean): Promise<void> {
  const end = Date.now() + 60_000;
  while (Date.now() < end && !hasEnded()) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(hasEnded() ? 'It has ended.' : `It doesn't answer at ${url}.`);
}
