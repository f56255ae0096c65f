// The public notice: only numbers, units, days and verified quantities. No text about the case is
// in it, since none was reviewed for the public, and nothing that could tell who reported.
import { daysBetween } from '../../lib/days';
import type { Key } from '../../locales';
import { quantityWords } from '../../ui/quantities';
import { noticeOf, roundOf, stepsOf, type Notice } from './history';
import { docOf } from './itemSheet';
import { NOTE, PAIRS, WIDE, type Doc } from './paper';
import { dayText, placeText, unitText, type Say, type Told } from './told';

/** The notice that was recorded, or why there can be none. */
export function noticeTold(told: Told): Notice | Key {
  // Of kinds about persons nothing is public, be it only where and when.
  if (told.flow.totals !== 'public') return 'print.refusedNotPublic';
  return noticeOf(roundOf(stepsOf(told.history), told.flow)) ?? 'print.refusedNoNotice';
}

export function publicNotice(told: Told, notice: Notice, say: Say): Doc {
  const { item, flow } = told;
  const { t } = say;
  const days = daysBetween(notice.first, notice.last) + 1;
  const doc = docOf(told, t('print.formNotice'), [
    { columns: NOTE, plain: true, rows: [{ cells: [t('print.noticeIntro')] }] },
    {
      columns: PAIRS,
      rows: [
        [t('print.itemNo'), item.item, t('term.kind'), say.pick(flow.title)],
        [t('term.lead'), unitText(item.lead), t('print.listed'), dayText(item.opened, say)],
        [t('print.due'), dayText(item.due, say), t('term.state'), say.pick(item.state.title)],
      ].map((cells) => ({ cells, whole: true })),
    },
    {
      columns: WIDE,
      rows: [
        { cells: [t('print.place'), placeText(item.path)], whole: true },
        { cells: [t('print.reviewedName'), ''], whole: true, linesMin: 2 },
        {
          cells: [
            t('print.verifiedResult'),
            item.measured.map((quantity) => quantityWords(quantity, t)).join('\n') ||
              t('print.noQuantity'),
          ],
          whole: true,
        },
        {
          cells: [
            t('print.noticePeriod'),
            t('print.noticeDays', {
              first: dayText(notice.first, say),
              last: dayText(notice.last, say),
              days,
            }),
          ],
          whole: true,
        },
        { cells: [t('print.objectTo'), t('print.objectToBlank')], whole: true },
        { cells: [t('print.noticeBounds'), t('print.noticeBoundsText')], whole: true },
      ],
    },
    {
      columns: NOTE,
      plain: true,
      rows: [
        {
          cells: [''],
          whole: true,
          linesMin: 6,
          foot: t('print.noticeSeal', { unit: notice.by?.unit.name ?? '' }),
        },
      ],
    },
  ]);
  // Whoever reads it on a wall may see the unit's numbers, and not the item.
  return { ...doc, address: `/units/${item.unit.code}` };
}
