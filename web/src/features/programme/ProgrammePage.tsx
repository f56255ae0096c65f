// One programme at one unit: who is not covered first, then how it stands by requirement and tier.
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { getCoverage, getProgramme } from '../../api/programmes';
import type { ProgrammePage as Answer, UnitCoverage } from '../../api/shapes';
import { getUnitAlone } from '../../api/units';
import { withQuery } from '../../lib/address';
import { longDay } from '../../lib/days';
import { unitAddress } from '../../lib/unitAddress';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { useHere } from '../../ui/SessionContext';
import { UnitField } from '../../ui/UnitField';
import { usePageTitle } from '../../ui/usePageTitle';
import { StampLine } from '../../ui/words';
import { Below } from './Below';
import { Matrix } from './Matrix';
import { shownOf } from './model';
import { Inherited } from './Inherited';
import { Own } from './Own';
import { Proof } from './Proof';
import { Rectification } from './Rectification';
import { Requirements } from './Requirements';
import { SpecialItems } from './SpecialItems';
import { Timeline } from './Timeline';
import { Uncovered } from './Uncovered';
import './programme.css';

export function ProgrammePage() {
  const { id = '' } = useParams();
  const { t, pick } = useSpeech();
  const { session, ledger } = useHere();
  const [search] = useSearchParams();
  const unit = search.get('unit') ?? session?.posts[0]?.unit.code ?? ledger.root.code;
  const programme = useQuery({ queryKey: ['programme', id], queryFn: () => getProgramme(id) });
  const coverage = useQuery({
    queryKey: ['coverage', id, unit],
    queryFn: () => getCoverage(unit, id),
  });
  usePageTitle(programme.data ? pick(programme.data.title) : t('programme.page'));
  const error = programme.error ?? coverage.error;
  if (error && !(programme.data && coverage.data)) return <ErrorNotice error={error} />;
  if (!programme.data || !coverage.data) return <Loading rows={8} />;
  return <Whole programme={programme.data} coverage={coverage.data} />;
}

function Whole({ programme, coverage }: { programme: Answer; coverage: UnitCoverage }) {
  const { t, pick, language } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const { unit, requirements } = coverage;
  const shown = shownOf(requirements, search.get('requirement'));
  const choose = (requirement: string) =>
    setSearch(withQuery(search, { requirement }), { replace: true, preventScrollReset: true });
  const at = shown ? { programme: programme.programme, unit, requirement: shown } : null;
  return (
    <div className="programme">
      <div className="head">
        <h1>{pick(programme.title)}</h1>
        <span className="tag">{t('programme.version', { version: programme.version })}</span>
        <span className="quiet">
          {longDay(programme.from, language)} – {longDay(programme.to, language)}
        </span>
      </div>
      <p className="quiet">
        {t('programme.basis')} · {pick(programme.basis)}
      </p>
      <Where unit={unitAddress(unit)} programme={programme.programme} />
      <StampLine position={coverage.position} instant={coverage.instant} />
      {at ? (
        <>
          <p className="choice">
            <label htmlFor="requirement">{t('programme.chooseRequirement')}</label>{' '}
            <select
              id="requirement"
              value={at.requirement.requirement}
              onChange={(event) => choose(event.target.value)}
            >
              {requirements.map((one) => (
                <option key={one.requirement} value={one.requirement}>
                  {pick(one.title)}
                </option>
              ))}
            </select>
          </p>
          <Uncovered {...at} key={`uncovered ${unit.code} ${at.requirement.requirement}`} />
          <Own {...at} key={`own ${unit.code} ${at.requirement.requirement}`} />
          <Inherited {...at} key={`inherited ${unit.code} ${at.requirement.requirement}`} />
        </>
      ) : null}
      <Timeline programme={programme} />
      <Requirements
        requirements={requirements}
        tiers={programme.tiers}
        shown={shown?.requirement}
        onShow={choose}
      />
      <Matrix tiers={programme.tiers} requirements={requirements} />
      {at ? <Below {...at} key={`below ${unit.code} ${at.requirement.requirement}`} /> : null}
      <Rectification requirements={requirements} onShow={choose} />
      <SpecialItems programme={programme.programme} unit={unit} />
      {at ? <Proof {...at} key={`proof ${unit.code} ${at.requirement.requirement}`} /> : null}
    </div>
  );
}

// Whose coverage it is: the way to that unit, and a field for another.
function Where({ unit, programme }: { unit: string; programme: string }) {
  const { t } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const asked = useQuery({
    queryKey: ['unit-alone', unit],
    queryFn: () => getUnitAlone(unit),
    staleTime: 600_000,
    meta: { still: true },
  });
  const path = asked.data?.path ?? [];
  return (
    <div className="where">
      <ol className="path">
        {path.map((one, index) => (
          <li key={one.code}>
            {index === path.length - 1 ? (
              <span aria-current="page">{one.name}</span>
            ) : (
              <Link to={placeOf(programme, one.code, search)}>{one.name}</Link>
            )}
          </li>
        ))}
      </ol>
      <UnitField
        label={t('programme.chooseUnit')}
        code={unit}
        onChange={(code) =>
          code && setSearch(withQuery(search, { unit: code }), { preventScrollReset: true })
        }
      />
    </div>
  );
}

/** The same page at another unit, with the same requirement. */
function placeOf(programme: string, unit: string, search: URLSearchParams): string {
  return `/programmes/${programme}?${withQuery(search, { unit }).toString()}`;
}
