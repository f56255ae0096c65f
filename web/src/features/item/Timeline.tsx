// The story: everything that happened to the item, each record with a mark that opens its proof.
import { Button, Segmented } from 'antd';
import { Suspense, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { History, Item } from '../../api/shapes';
import { withQuery } from '../../lib/address';
import { longInstant } from '../../lib/days';
import type { Key } from '../../locales';
import { useSpeech } from '../../ui/LanguageContext';
import { lazyPart } from '../../ui/lazyPart';
import { Loading } from '../../ui/Notice';
import { actingWords } from '../../ui/post';
import { UnitLink } from '../../ui/words';
import { fieldWord } from '../../ui/form/fields';
import { entriesOf, type Entry, type Line, type TextLine } from './entries';
import { ItemLink } from './Facts';
import type { Told } from './sentences';

const Proof = lazyPart(async () => (await import('./Proof')).Proof);

type Mend = ((task: string) => void) | null;

export function Timeline(props: { item: Item; history: History; told: Told; onMend: Mend }) {
  const { t } = useSpeech();
  const { item, history, told } = props;
  const [search, setSearch] = useSearchParams();
  const oldestFirst = search.get('order') === 'oldest';
  const entries = useMemo(() => entriesOf(history.records, told), [history.records, told]);
  const shown = oldestFirst ? entries : [...entries].reverse();
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('item.story')}</h2>
        <Segmented
          size="small"
          value={oldestFirst ? 'oldest' : 'newest'}
          onChange={(value) =>
            setSearch(withQuery(search, { order: value === 'oldest' ? 'oldest' : null }), {
              replace: true,
              preventScrollReset: true,
            })
          }
          options={[
            { value: 'newest', label: t('item.newestFirst') },
            { value: 'oldest', label: t('item.oldestFirst') },
          ]}
        />
      </div>
      <ol className="timeline" reversed={!oldestFirst}>
        {shown.map((entry) => (
          <OneEntry key={entry.command} entry={entry} no={item.item} onMend={props.onMend} />
        ))}
      </ol>
    </section>
  );
}

function OneEntry({ entry, no, onMend }: { entry: Entry; no: string; onMend: Mend }) {
  const { t, language } = useSpeech();
  return (
    <li>
      <div className="entry-head">
        <h3>{entry.title}</h3>
        <span>
          {entry.by ? (
            <>
              <UnitLink unit={entry.by.unit} /> {t(`term.role_${entry.by.role}`)}{' '}
              {actingWords(entry.by, t)}
            </>
          ) : (
            t(entry.byReporter ? 'item.byReporter' : 'term.system')
          )}
        </span>
        <time className="quiet" dateTime={entry.at}>
          {longInstant(entry.at, language)}
        </time>
        {entry.origin === 'real' ? null : (
          <span className="tag">{t(`item.origin_${entry.origin}`)}</span>
        )}
      </div>
      <ul className="lines">
        {entry.lines.map((line) => (
          <OneLine key={line.record.seq} line={line} no={no} onMend={onMend} />
        ))}
      </ul>
    </li>
  );
}

function OneLine({ line, no, onMend }: { line: Line; no: string; onMend: Mend }) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  const { seq } = line.record;
  return (
    <li id={`record-${seq}`}>
      <div className="entry-line">
        <div>
          <span>{line.sentence}</span> {line.link ? <ItemLink no={line.link} /> : null}
          {line.evidence ? <a href="#evidence">{t('item.seeEvidence')}</a> : null}
          {line.old ? <del className="prose">{line.old.text ?? t('form.destroyed')}</del> : null}
          {line.texts.map((text) => (
            <OneText key={text.part} text={text} seq={seq} onMend={onMend} />
          ))}
          {line.more.map(({ name, value }) => {
            const word = fieldWord(name);
            return (
              <div key={name} className="quiet">
                {word ? t(word) : name}
                {t('item.colon')}
                {value}
              </div>
            );
          })}
        </div>
        <Button
          className="proof-mark"
          size="small"
          type="text"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <span className="hidden">{t('item.proofOpen')}</span>#{seq}
        </Button>
      </div>
      {open ? (
        <Suspense fallback={<Loading rows={3} />}>
          <Proof no={no} record={line.record} />
        </Suspense>
      ) : null}
    </li>
  );
}

const TEXT_LABELS = (
  'title description reason text measure part criterion name value upstream_no source_doc remark ' +
  'target key_measures lead_official responsible_person funds emergency_plan taker report ' +
  'accused reporter envelope question answer draft_title draft'
).split(' ');

function OneText({ text, seq, onMend }: { text: TextLine; seq: number; onMend: Mend }) {
  const { t } = useSpeech();
  const label = TEXT_LABELS.includes(text.label) ? t(`item.text_${text.label}` as Key) : text.label;
  const said = text.text === null ? null : <span className="prose">{text.text}</span>;
  return (
    <div className="text-line">
      <span className="quiet">{label}</span>
      {said === null ? (
        <i className="quiet">{t(text.withheld ?? 'form.destroyed')}</i>
      ) : text.struck ? (
        <>
          <del>{said}</del> <span className="quiet">{t('item.correctedSince')}</span>
        </>
      ) : (
        said
      )}
      {said !== null && onMend ? (
        <Button
          className="mend"
          size="small"
          type="text"
          onClick={() => onMend(`redact-${seq}-${text.part}`)}
        >
          {t('item.redact')}
          <span className="hidden"> {label}</span>
        </Button>
      ) : null}
    </div>
  );
}
