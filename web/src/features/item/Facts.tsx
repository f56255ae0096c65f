// What is known of an item besides its story; corrected values stand struck through.
import { Button } from 'antd';
import { Fragment, type ReactNode } from 'react';
import { Link } from 'react-router-dom';
import type { History, Item, Unit } from '../../api/shapes';
import { longDay, longInstant } from '../../lib/days';
import { fieldWord } from '../../ui/form/fields';
import { useSpeech } from '../../ui/LanguageContext';
import { actingWords } from '../../ui/post';
import { Fact, UnitLink } from '../../ui/words';
import { valueText, type Told } from './sentences';
import type { Correctable, OfFinding } from './tasks';
import { Thresholds } from './Thresholds';
import { correctionsIn, otherFacts } from './values';

const DETAILS = [
  'category',
  'nature',
  'severity',
  'source_doc',
  'batch',
  'target',
  'key_measures',
  'remark',
  'lead_official',
  'responsible_person',
] as const;

interface Props {
  item: Item;
  history: History;
  told: Told;
  onMend: ((task: string) => void) | null;
}

export function Facts({ item, history, told, onMend }: Props) {
  const { t, language } = useSpeech();
  const { earlier } = correctionsIn(history.records);
  const fact = (field: Correctable, word: string, shown: ReactNode) => (
    <Fact label={word}>
      {(earlier[field] ?? []).map((value, index) => (
        <del key={index}>
          {value === null ? t('form.destroyed') : valueText(field, value, told)}
        </del>
      ))}
      {shown}
      {onMend ? (
        <Button
          className="mend"
          size="small"
          type="text"
          onClick={() => onMend(`correct-${field}`)}
        >
          {t('item.correct')}
          <span className="hidden"> {word}</span>
        </Button>
      ) : null}
    </Fact>
  );
  const units = (list: Unit[]) =>
    list.map((unit, index) => (
      <span key={unit.code}>
        {index > 0 ? t('item.listComma') : null}
        <UnitLink unit={unit} />
      </span>
    ));
  const maybe = (label: string, list: (Unit | null)[]) => {
    const some = list.filter((unit): unit is Unit => unit !== null);
    return some.length > 0 ? <Fact label={label}>{units(some)}</Fact> : null;
  };
  // What was never filled in takes no room, but for who may fill it in.
  const worthALine = (name: Correctable & keyof Item) =>
    onMend !== null || Boolean(item[name]) || (earlier[name] ?? []).length > 0;
  // What its source's list says of it: when it was given back, who fixes it and who accepts it.
  const found = told.flow.findings.sources.includes(item.source);
  const ofFinding = (name: OfFinding, shown: ReactNode) => {
    const word = fieldWord(name);
    const worth = Boolean(shown) || (onMend !== null && found) || earlier[name] !== undefined;
    return worth ? fact(name, word ? t(word) : name, shown || <None />) : null;
  };
  const hadDescription = history.records.some(({ texts }) => texts.description === null);
  const extended = item.original_due && item.original_due !== item.due;
  return (
    <section className="card">
      <h2>{t('item.facts')}</h2>
      <dl className="facts narrow">
        <Clocks item={item} />
        <Thresholds item={item} />
        {fact('title', t('form.title'), item.title ?? (item.report ? '—' : <Destroyed />))}
        {fact(
          'description',
          t('form.description'),
          item.description !== null ? (
            <span className="prose">{item.description}</span>
          ) : hadDescription ? (
            <Destroyed />
          ) : (
            <None />
          ),
        )}
        {fact('place', t('form.unit'), <UnitLink unit={item.unit} />)}
        {fact('source', t('form.source'), valueText('source', item.source, told))}
        {worthALine('upstream_no')
          ? fact('upstream_no', t('form.upstreamNo'), item.upstream_no ?? <None />)
          : null}
        {DETAILS.filter(worthALine).map((name) => {
          const word = fieldWord(name);
          const value = item[name];
          return (
            <Fragment key={name}>
              {fact(
                name,
                word ? t(word) : name,
                value ? <span className="prose">{valueText(name, value, told)}</span> : <None />,
              )}
            </Fragment>
          );
        })}
        {ofFinding('feedback', item.feedback && longDay(item.feedback, language))}
        {ofFinding('implementing', item.implementing.length > 0 && units(item.implementing))}
        {ofFinding('to_accept', item.to_accept && <UnitLink unit={item.to_accept} />)}
        {onMend !== null || item.special || earlier.special
          ? fact(
              'special',
              t('form.special'),
              item.special ? <SpecialLink item={item} /> : <None />,
            )
          : null}
        {fact('fix_class', t('form.fixClass'), valueText('fix_class', item.fix_class, told))}
        <Progress item={item} />
        <Fact label={t('item.opened')}>
          {longInstant(item.opened, language)}
          {item.recorder ? (
            <>
              {' '}
              <UnitLink unit={item.recorder.unit} /> {actingWords(item.recorder, t)}
            </>
          ) : null}
        </Fact>
        {extended && item.original_due ? (
          <Fact label={t('item.originalDue')}>
            <del>{longDay(item.original_due, language)}</del>
            {item.due ? longDay(item.due, language) : null}
          </Fact>
        ) : null}
        {maybe(t('form.responsible'), item.responsible)}
        {maybe(t('form.supporting'), item.supporting)}
        {maybe(t('form.supervising'), [item.supervising])}
        {maybe(t('form.accepting'), [item.accepting])}
        {item.notice_last ? (
          <Fact label={t('form.noticeLast')}>{longDay(item.notice_last, language)}</Fact>
        ) : null}
        {item.merged_into ? (
          <Fact label={t('item.mergedInto')}>
            <ItemLink no={item.merged_into} />
          </Fact>
        ) : null}
        {item.merged_from.length > 0 ? (
          <Fact label={t('item.mergedFrom')}>
            {item.merged_from.map((no) => (
              <ItemLink key={no} no={no} />
            ))}
          </Fact>
        ) : null}
        {item.shares.length > 0 ? (
          <Fact label={t('item.shares')}>
            {item.shares.map((no) => (
              <ItemLink key={no} no={no} />
            ))}
          </Fact>
        ) : null}
        {(
          [
            ['item.shareOf', item.share_of],
            ['project.model', item.copy_of],
            ['item.sameAs', item.same_as],
            ['item.recurs', item.recurs],
          ] as const
        ).map(([word, no]) =>
          no ? (
            <Fact key={word} label={t(word)}>
              <ItemLink no={no} />
            </Fact>
          ) : null,
        )}
        {item.copy_count > 0 ? (
          <Fact label={t('item.copies')}>
            <Link to={`/projects/${item.item}`}>{item.copy_count}</Link>
          </Fact>
        ) : null}
        {otherFacts(item).map(({ name, value }) => {
          const word = fieldWord(name);
          return (
            <Fact key={name} label={word ? t(word) : name}>
              {value}
            </Fact>
          );
        })}
      </dl>
    </section>
  );
}

function SpecialLink({ item: { special, unit } }: { item: Item }) {
  const { pick } = useSpeech();
  if (!special) return null;
  const query = new URLSearchParams({ unit: unit.code, requirement: special.requirement });
  return (
    <Link to={`/programmes/${special.programme}?${query.toString()}`}>{pick(special.title)}</Link>
  );
}

// Each time limit that has started: its last day, and how it stands.
function Clocks({ item }: { item: Item }) {
  const { t, language, pick } = useSpeech();
  return item.clocks.map((clock) => {
    const moved = clock.first_due_day !== clock.due_day;
    const open = clock.state === 'runs' || clock.state === 'over';
    const bad = clock.state === 'over' || clock.state === 'stopped_late';
    return (
      <Fact key={clock.clock} label={t('item.clock', { title: pick(clock.title) })}>
        {clock.state === 'stands_still' ? null : (
          <>
            {moved ? <del>{longDay(clock.first_due_day, language)}</del> : null}
            {longDay(clock.due_day, language)}{' '}
          </>
        )}
        <span className={bad ? 'late' : 'quiet'}>{t(`item.clock_${clock.state}`)}</span>
        {open && clock.provisional ? (
          <span className="quiet"> {t('item.clockProvisional')}</span>
        ) : null}
      </Fact>
    );
  });
}

// What was stated last of how far the work is.
function Progress({ item }: { item: Item }) {
  const { t, language } = useSpeech();
  const { progress } = item;
  if (!progress) return null;
  return (
    <Fact label={t('form.progressPct')}>
      {progress.percent}% <span className="quiet">{longDay(progress.day, language)}</span>
    </Fact>
  );
}

export function ItemLink({ no }: { no: string }) {
  return (
    <Link className="code" to={`/items/${no}`}>
      {no}
    </Link>
  );
}

function None() {
  return <span className="quiet">—</span>;
}

function Destroyed() {
  const { t } = useSpeech();
  return <span className="quiet">{t('form.destroyed')}</span>;
}
