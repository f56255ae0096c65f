// All parts of this language, one entry a line.
import 'dayjs/locale/zh-cn';
import type { WordsByPart } from '..';
import term from './term.json';
import account from './account.json';
import audit from './audit.json';
import behalf from './behalf.json';
import form from './form.json';
import fund from './fund.json';
import group from './group.json';
import handling from './handling.json';
import help from './help.json';
import home from './home.json';
import inbox from './inbox.json';
import item from './item.json';
import ledger from './ledger.json';
import print from './print.json';
import programme from './programme.json';
import project from './project.json';
import roster from './roster.json';
import shell from './shell.json';
import stated from './stated.json';
import unit from './unit.json';
import verdicts from './verdicts.json';
import work from './work.json';

export { default as library } from 'antd/es/locale/zh_CN';
export const parts: WordsByPart = {
  term,
  account,
  audit,
  behalf,
  form,
  fund,
  group,
  handling,
  help,
  home,
  inbox,
  item,
  ledger,
  print,
  programme,
  project,
  roster,
  shell,
  stated,
  unit,
  verdicts,
  work,
};
