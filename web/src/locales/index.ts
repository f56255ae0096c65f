// The words of the web by language. A key that one language lacks does not compile.
import type { Locale } from 'antd/es/locale';
import type { Language } from '../lib/words';
import type zhTerm from './zh-CN/term.json';
import type zhAccount from './zh-CN/account.json';
import type zhAudit from './zh-CN/audit.json';
import type zhBehalf from './zh-CN/behalf.json';
import type zhForm from './zh-CN/form.json';
import type zhFund from './zh-CN/fund.json';
import type zhGroup from './zh-CN/group.json';
import type zhHandling from './zh-CN/handling.json';
import type zhHelp from './zh-CN/help.json';
import type zhHome from './zh-CN/home.json';
import type zhInbox from './zh-CN/inbox.json';
import type zhItem from './zh-CN/item.json';
import type zhLedger from './zh-CN/ledger.json';
import type zhPrint from './zh-CN/print.json';
import type zhProgramme from './zh-CN/programme.json';
import type zhProject from './zh-CN/project.json';
import type zhRoster from './zh-CN/roster.json';
import type zhShell from './zh-CN/shell.json';
import type zhStated from './zh-CN/stated.json';
import type zhUnit from './zh-CN/unit.json';
import type zhVerdicts from './zh-CN/verdicts.json';
import type zhWork from './zh-CN/work.json';

export interface WordsByPart {
  term: typeof zhTerm;
  account: typeof zhAccount;
  audit: typeof zhAudit;
  behalf: typeof zhBehalf;
  form: typeof zhForm;
  fund: typeof zhFund;
  group: typeof zhGroup;
  handling: typeof zhHandling;
  help: typeof zhHelp;
  home: typeof zhHome;
  inbox: typeof zhInbox;
  item: typeof zhItem;
  ledger: typeof zhLedger;
  print: typeof zhPrint;
  programme: typeof zhProgramme;
  project: typeof zhProject;
  roster: typeof zhRoster;
  shell: typeof zhShell;
  stated: typeof zhStated;
  unit: typeof zhUnit;
  verdicts: typeof zhVerdicts;
  work: typeof zhWork;
}

/** "part.name" of every word there is. */
export type Key = {
  [Part in keyof WordsByPart & string]: `${Part}.${keyof WordsByPart[Part] & string}`;
}[keyof WordsByPart & string];

export type Words = Record<Key, string>;

/** All that is said in one language, by the web and by the component library. */
export interface Said {
  language: Language;
  words: Words;
  library: Locale;
}

/** Only that language is fetched. */
export async function loadLanguage(language: Language): Promise<Said> {
  const { parts, library } = language === 'en' ? await import('./en') : await import('./zh-CN');
  return { language, words: flat(parts), library };
}

function flat(parts: WordsByPart): Words {
  const words: Record<string, string> = {};
  for (const [part, entries] of Object.entries(parts))
    for (const [name, word] of Object.entries(entries as Record<string, string>))
      words[`${part}.${name}`] = word;
  return words as Words;
}
