// Somebody who works by the API: what one person does while another looks at a page, and how a test
// brings an item to where it begins.
import { PLACE } from './work';
import type { Site } from './server';

interface Receipt {
  item: string;
  version: number;
  work_group?: number;
}

export class Person {
  private constructor(
    private readonly base: string,
    /** Of the session, as a request has it. */
    readonly cookie: string,
    private readonly csrf: string,
  ) {}

  static async signIn(site: Site, name: string): Promise<Person> {
    const answer = await fetch(`${site.base}/api/v1/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name, password: site.passwords[name] }),
    });
    if (!answer.ok) throw new Error(`${name} cannot sign in: ${answer.status}`);
    const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    return new Person(site.base, cookie, ((await answer.json()) as { csrf: string }).csrf);
  }

  /** Lists an item and returns its number. */
  async list(
    title: string,
    unit = PLACE.code,
    { kind, source } = { kind: 'problem', source: 'patrol' },
  ): Promise<string> {
    const body = { kind, source, unit, title };
    return (await this.post('/api/v1/items', JSON.stringify(body))).item;
  }

  /** Takes a step with the item, at whatever version it has. */
  async act(no: string, step: string, body: Record<string, unknown>): Promise<void> {
    const item = await this.get<Receipt>(`/api/v1/items/${no}`);
    await this.post(`/api/v1/items/${no}/${step}`, JSON.stringify(body), {
      'If-Match': `"${item.version}"`,
    });
  }

  /** Takes in a table of items under a unit. */
  async importTable(csv: string, unit = PLACE.code): Promise<void> {
    await this.post(`/api/v1/imports?unit=${unit}&kind=problem`, csv, {
      'Content-Type': 'application/octet-stream',
    });
  }

  /** Sends a work group of one verifier to a unit, until a day; returns its number. */
  async sendGroup(name: string, from: string, unit: string, to: string): Promise<number> {
    const { posts } = await this.get<{ posts: { post: number; role: string }[] }>(
      `/api/v1/units/${from}/posts`,
    );
    const members = posts.filter(({ role }) => role === 'verifier').slice(0, 1);
    const body = {
      name,
      members: members.map(({ post }) => post),
      units: [unit],
      kinds: ['problem'],
      visits_max: 1,
      to,
    };
    return (await this.post('/api/v1/work-groups', JSON.stringify(body))).work_group ?? 0;
  }

  /** Lists a project for each title and records the ballot by which the first of them is chosen. */
  async chooseProject(titles: string[], unit: string, day: string): Promise<string> {
    const numbers: string[] = [];
    for (const title of titles) {
      const no = await this.list(title, PLACE.code, { kind: 'project', source: 'collected' });
      await this.act(no, 'argue', { text: '可行' });
      numbers.push(no);
    }
    const candidates = numbers.map((item, i) => ({
      item,
      for: 40 - 10 * i,
      against: 2 + 10 * i,
      abstained: 1,
    }));
    const body = { unit, body: 'congress', day, places: 1, candidates, text: '' };
    await this.post('/api/v1/ballots', JSON.stringify(body));
    return numbers[0] ?? '';
  }

  /** The path with what stands in braces, an item's title, in place of its number. */
  async numbered(path: string): Promise<string> {
    const title = /\{(.*)\}/.exec(path)?.[1];
    if (!title) return path;
    const { items } = await this.get<{ items: { item: string; title: string }[] }>(
      '/api/v1/items?kind=project&limit=200',
    );
    const found = items.find((one) => one.title === title);
    if (!found) throw new Error(`no project is called ${title}`);
    return path.replace(`{${title}}`, found.item);
  }

  async get<T>(path: string): Promise<T> {
    const answer = await fetch(this.base + path, { headers: { Cookie: this.cookie } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  private async post(path: string, body: string, more = {}): Promise<Receipt> {
    const answer = await fetch(this.base + path, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-CSRF-Token': this.csrf,
        Cookie: this.cookie,
        ...more,
      },
      body,
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Receipt;
  }
}
