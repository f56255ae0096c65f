// Accepting an item or giving it back: only what is not known is asked for, and a step that may
// not be taken says which rule stands in the way.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { newIdempotencyKey, Problem } from '../../api/client';
import { changeItem } from '../../api/items';
import type { Action, Flow, History, Item, Offer } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';
import { ReasonField } from '../../ui/ReasonField';
import { Changed } from './Changed';
import { CheckersField } from './CheckersField';
import { MeasuredFields } from './MeasuredFields';
import { useTyped } from './useTyped';
import { needsOf, readAccept, readGiveBack, verdictsOf, type Fault, type Typed } from './verify';

interface Props {
  item: Item;
  history: History;
  flow: Flow;
  onDone: (step: string) => void;
}

export function Verdict({ item, history, flow, onDone }: Props) {
  const { t, pick } = useSpeech();
  const { typed, type, drop } = useTyped(item.item);
  const [seen, setSeen] = useState(item.version);
  const [faults, setFaults] = useState<Fault[]>([]);
  const forms = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (faults.length > 0) forms.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [faults]);
  const sending = useSending(item, seen, (offer) => {
    drop();
    onDone(pick(offer.title));
  });
  const { accept, giveBack } = verdictsOf(item, flow);
  const transition = flow.transitions.find((each) => each.transition === accept?.transition);
  const needs = transition ? needsOf(transition, item) : null;
  const wrong = (field: string) => {
    const fault = faults.find((each) => each.field === field);
    return fault ? t(fault.word, fault.facts) : undefined;
  };
  function send(offer: Offer, read: { body: Action; faults: Fault[] }) {
    setFaults(read.faults);
    if (read.faults.length === 0) sending.mutate({ offer, body: read.body });
  }

  // Done: what follows is for the next item, and our own change is nothing to be told of.
  if (sending.isSuccess) return null;
  const stale = item.version > seen;
  const changed = stale ? (
    <Changed history={history} flow={flow} since={seen} onSeen={() => setSeen(item.version)} />
  ) : null;
  if (!accept && !giveBack)
    return (
      <>
        {changed}
        <NotWaiting item={item} typed={typed} />
      </>
    );
  const common = { stale, sending: sending.isPending };
  return (
    <>
      {changed}
      {sending.error && !isStale(sending.error) ? (
        <p role="alert" className="late">
          {sending.error.message || t('term.offline')}
        </p>
      ) : null}
      <div className="beside verdicts" ref={forms}>
        {accept && needs ? (
          <Step
            {...common}
            offer={accept}
            primary
            onSend={() => send(accept, readAccept(needs, typed))}
          >
            <MeasuredFields
              quantities={needs.measured}
              values={typed.measured}
              wrong={wrong}
              onChange={(measured) => type({ measured })}
            />
            {needs.checkers > 0 ? (
              <CheckersField
                item={item}
                count={needs.checkers}
                value={typed.checkers}
                wrong={wrong('checkers')}
                onChange={(checkers) => type({ checkers })}
              />
            ) : null}
            <ReasonField
              label={t(needs.text === 'needed' ? 'work.finding' : 'work.findingOptional')}
              value={typed.text}
              required={needs.text === 'needed'}
              wrong={wrong('text')}
              onChange={(text) => type({ text })}
            />
          </Step>
        ) : null}
        {giveBack ? (
          <Step {...common} offer={giveBack} onSend={() => send(giveBack, readGiveBack(typed))}>
            <ReasonField
              label={t('work.reason')}
              hint={t('work.reasonHint')}
              value={typed.reason}
              required
              wrong={wrong('reason')}
              onChange={(reason) => type({ reason })}
            />
          </Step>
        ) : null}
      </div>
    </>
  );
}

// It moved on without us; what was typed can still be read and copied.
function NotWaiting({ item, typed }: { item: Item; typed: Typed }) {
  const { t, pick } = useSpeech();
  const words = [typed.text, typed.reason].filter((text) => text.trim() !== '');
  return (
    <section className="card">
      <p className="quiet">{t('work.notWaiting', { state: pick(item.state.title) })}</p>
      {words.length > 0 ? <h3>{t('work.typed')}</h3> : null}
      {words.map((text, index) => (
        <p key={index} className="given">
          {text}
        </p>
      ))}
    </section>
  );
}

const isStale = (error: Error) => error instanceof Problem && error.code === 'version_stale';

// Sending the same again, after an answer was lost, is done once: the key stays while the words do.
function useSending(item: Item, seen: number, onDone: (offer: Offer) => void) {
  const queries = useQueryClient();
  const intent = useRef({ text: '', key: '' });
  return useMutation({
    mutationFn: ({ offer, body }: { offer: Offer; body: Action }) => {
      const text = JSON.stringify([offer.transition, body, seen]);
      if (intent.current.text !== text) intent.current = { text, key: newIdempotencyKey() };
      return changeItem(item.item, offer.transition, body, seen, intent.current.key);
    },
    onSuccess: (_, { offer }) => {
      onDone(offer);
      void queries.invalidateQueries({ queryKey: ['work'] });
      void queries.invalidateQueries({ queryKey: ['item', item.item] });
      void queries.invalidateQueries({ queryKey: ['history', item.item] });
    },
    onError: (error) => {
      if (!isStale(error)) return;
      void queries.invalidateQueries({ queryKey: ['item', item.item] });
      void queries.invalidateQueries({ queryKey: ['history', item.item] });
    },
  });
}

function Step(props: {
  offer: Offer;
  primary?: boolean;
  stale: boolean;
  sending: boolean;
  onSend: () => void;
  children: ReactNode;
}) {
  const { t, pick } = useSpeech();
  const { offer } = props;
  const title = pick(offer.title);
  function send(event: FormEvent) {
    event.preventDefault();
    if (!props.stale && !props.sending) props.onSend();
  }
  if (offer.refusal)
    return (
      <section className="card verdict-refused">
        <h3>{title}</h3>
        <p>{t('work.refused')}</p>
        <p className="soon">{offer.refusal.detail}</p>
      </section>
    );
  return (
    <form className="card" noValidate onSubmit={send} aria-label={title}>
      <h3>{title}</h3>
      {props.children}
      <Button
        type={props.primary ? 'primary' : 'default'}
        danger={!props.primary}
        htmlType="submit"
        loading={props.sending}
        disabled={props.stale}
      >
        {props.primary ? t('work.pass', { step: title }) : title}
      </Button>
    </form>
  );
}
