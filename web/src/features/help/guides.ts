// What the first-day guides are made of; their words stand in the locales.
import type { Role } from '../../api/shapes';
import type { Key, WordsByPart } from '../../locales';

type Word = keyof WordsByPart['help'] & string;
const key = (word: Word): Key => `help.${word}`;

export interface Guide {
  id: 'clerk' | 'verifier' | 'supervisor';
  /** The role it is for. */
  role: Role;
  title: Key;
  who: Key;
  /** What to do, and how. */
  steps: [Key, Key][];
  /** A word and what it means. */
  words: [Key, Key][];
  refused: Key[];
}

const STEPS = [1, 2, 3, 4, 5, 6, 7] as const;
const word = (name: Word, meaning: Word): [Key, Key] => [key(name), key(meaning)];

export const GUIDES: Guide[] = [
  {
    id: 'clerk',
    role: 'recorder',
    title: 'help.clerk',
    who: 'help.clerkWho',
    steps: STEPS.map((step) => [key(`clerkDo${step}`), key(`clerkHow${step}`)]),
    words: [
      word('wordItem', 'wordItemIs'),
      word('wordCloseOut', 'wordCloseOutIs'),
      word('wordJournal', 'wordJournalIs'),
      word('wordEvidence', 'wordEvidenceIs'),
      word('wordRedaction', 'wordRedactionIs'),
    ],
    refused: [
      'help.refusedGrey',
      'help.refusedStale',
      'help.refusedSight',
      'help.refusedOffline',
      'help.refusedAsk',
    ],
  },
  {
    id: 'verifier',
    role: 'verifier',
    title: 'help.verifier',
    who: 'help.verifierWho',
    steps: STEPS.map((step) => [key(`verifierDo${step}`), key(`verifierHow${step}`)]),
    words: [
      word('wordCriterion', 'wordCriterionIs'),
      word('wordEvidence', 'wordEvidenceIs'),
      word('wordIndependence', 'wordIndependenceIs'),
      word('wordReturn', 'wordReturnIs'),
      word('wordJournal', 'wordJournalIs'),
    ],
    refused: [
      'help.refusedOwn',
      'help.refusedGrey',
      'help.refusedStale',
      'help.refusedOffline',
      'help.refusedAsk',
    ],
  },
  {
    id: 'supervisor',
    role: 'supervisor',
    title: 'help.supervisor',
    who: 'help.supervisorWho',
    steps: STEPS.map((step) => [key(`supervisorDo${step}`), key(`supervisorHow${step}`)]),
    words: [
      word('wordOverdue', 'wordOverdueIs'),
      word('wordNotice', 'wordNoticeIs'),
      word('wordCloseOut', 'wordCloseOutIs'),
      word('wordReopen', 'wordReopenIs'),
      word('wordJournal', 'wordJournalIs'),
    ],
    refused: [
      'help.refusedEarly',
      'help.refusedGrey',
      'help.refusedStale',
      'help.refusedSight',
      'help.refusedAsk',
    ],
  },
];

/** Keys as they are printed on a keyboard, and what they do. */
export const KEYS: [string[], Key][] = [
  [['/'], 'help.keySearch'],
  [['↑', '↓', 'Enter'], 'help.keyChoose'],
  [['J', 'K'], 'help.keyRows'],
  [['PgDn', 'PgUp'], 'help.keyPage'],
  [['Home', 'End'], 'help.keyEnds'],
  [['Tab', 'Shift + Tab'], 'help.keyNext'],
  [['Esc'], 'help.keyClose'],
  [['Ctrl + P'], 'help.keyPrint'],
];
