// The fields of a ballot, and reading its candidates as they are pasted: a line each.
import { asItemNo } from '../../lib/itemNo';
import type { BallotWish } from '../../api/shapes';
import type { Key } from '../../locales';
import type { Field } from '../../ui/form/fields';
import { asText, type Fault } from '../../ui/form/reading';

const BODIES = ['congress', 'committee', 'representatives'];

export function ballotFields(today: string): Field[] {
  return [
    { name: 'unit', widget: 'unit', label: 'project.ballotUnit', required: true },
    {
      name: 'body',
      widget: 'choice',
      label: 'project.ballotBody',
      options: BODIES.map((value) => ({ value, label: `project.body_${value}` as Key })),
      required: true,
    },
    { name: 'day', widget: 'day', label: 'project.ballotDay', latest: today, required: true },
    { name: 'places', widget: 'number', label: 'project.ballotPlaces', required: true },
    {
      name: 'candidates',
      widget: 'text',
      label: 'project.ballotCandidates',
      hint: 'project.ballotCandidatesHint',
      charsMax: 4000,
      required: true,
    },
    {
      name: 'text',
      widget: 'text',
      label: 'project.ballotText',
      charsMax: 4000,
      required: false,
    },
  ];
}

type Candidate = BallotWish['candidates'][number];

/** "7K3M-Q9XD-4 40 2 1", a line a candidate, parted by spaces, tabs or commas. */
export function readCandidates(value: unknown): { list: Candidate[]; faults: Fault[] } {
  const lines = asText(value)
    .split('\n')
    .map((line) => line.split(/[\s,，、]+/).filter(Boolean))
    .filter((cells) => cells.length > 0);
  const list: Candidate[] = [];
  for (const [no = '', ...votes] of lines) {
    const item = asItemNo(no);
    const counts = votes.map(Number);
    const [inFavour, against, abstained] = counts;
    const whole = counts.every((each) => Number.isSafeInteger(each) && each >= 0);
    if (item === null || counts.length !== 3 || !whole)
      return {
        list,
        faults: [{ field: 'candidates', word: 'project.faultCandidate', facts: { line: no } }],
      };
    list.push({ item, for: inFavour ?? 0, against: against ?? 0, abstained: abstained ?? 0 });
  }
  return { list, faults: [] };
}
