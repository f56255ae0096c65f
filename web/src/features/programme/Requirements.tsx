// Every requirement with its counts; choosing one shows it above.
import type { ProgrammeTier, Requirement } from '../../api/shapes';
import { longDay } from '../../lib/days';
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import { WideTable } from '../../ui/WideTable';
import { ShareText } from './shown';

const COUNTED = ['met', 'late', 'none_checked', 'exempt', 'none_claimed', 'open'] as const;

interface Props {
  requirements: Requirement[];
  tiers: ProgrammeTier[];
  shown: string | undefined;
  onShow: (requirement: string) => void;
}

export function Requirements({ requirements, tiers, shown, onShow }: Props) {
  const { t, pick } = useSpeech();
  return (
    <section className="card">
      <h2>{t('programme.requirements')}</h2>
      <WideTable label={t('programme.requirements')} asLines>
        <thead>
          <tr>
            <th scope="col">{t('programme.requirement')}</th>
            <th scope="col">{t('programme.coverage')}</th>
            {COUNTED.map((status) => (
              <th key={status} scope="col">
                {t(`programme.status_${status}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {requirements.map((one) => (
            <tr key={one.requirement}>
              <th scope="row">
                <button
                  type="button"
                  className="as-link"
                  aria-pressed={shown === one.requirement}
                  onClick={() => onShow(one.requirement)}
                >
                  {pick(one.title)}
                </button>
                <Words requirement={one} tiers={tiers} />
              </th>
              <td data-word={t('programme.coverage')}>
                <ShareText share={one.counts} />
              </td>
              {COUNTED.map((status) => (
                <td key={status} data-word={t(`programme.status_${status}`)}>
                  {one.counts.asked === 0 ? '—' : count(one.counts[status])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}

function Words({ requirement, tiers }: { requirement: Requirement; tiers: ProgrammeTier[] }) {
  const { t, pick, language } = useSpeech();
  const { sort, met_by, quorum } = requirement;
  const days = [...new Set(requirement.due.map((one) => one.due))];
  const nameOf = (tier: string) => {
    const known = tiers.find((one) => one.tier === tier);
    return known ? pick(known.title) : tier;
  };
  const due =
    days.length === 1
      ? [longDay(days[0] ?? '', language)]
      : requirement.due.map((one) =>
          t('programme.dueByTier', { tier: nameOf(one.tier), day: longDay(one.due, language) }),
        );
  const words = [
    t(`programme.sort_${sort}`),
    met_by ? t(`programme.metBy_${met_by}`) : '',
    quorum ? t('programme.quorum', quorum) : '',
    requirement.dropped ? t('programme.dropped') : '',
    ...due,
  ].filter((word) => word !== '');
  return <small className="words">{words.join(' · ')}</small>;
}
