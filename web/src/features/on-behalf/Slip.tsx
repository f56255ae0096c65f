// What the person takes with him: number, query code, where to follow it; no name and no content.
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router-dom';
import type { ReportTaken } from '../../api/shapes';
import { longDay } from '../../lib/days';
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import { QrPicture } from '../../ui/QrPicture';
import { useHere } from '../../ui/SessionContext';

const HOW = ['behalf.how1', 'behalf.how2', 'behalf.how3'] as const;

export function Slip({ taken, onNext }: { taken: ReportTaken; onNext: () => void }) {
  const { t, language } = useSpeech();
  const { ledger } = useHere();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const address = `${location.origin}/follow`;
  return (
    <div className="narrow-page">
      <h1 ref={heading} tabIndex={-1} className="screen-only">
        {t('behalf.taken')}
      </h1>
      <p className="soon screen-only">{t('behalf.takenHint')}</p>
      <section className="card slip" aria-labelledby="slip-title">
        {ledger.simulated ? <p className="slip-banner">{t('print.simulated')}</p> : null}
        <h2 id="slip-title">{t('behalf.slip')}</h2>
        <div className="slip-body">
          <dl>
            <dt>{t('behalf.number')}</dt>
            <dd className="slip-code" id="slip-number">
              {taken.item}
            </dd>
            <dt>{t('behalf.code')}</dt>
            <dd className="slip-code" id="slip-code">
              {taken.code}
            </dd>
            <dt>{t('behalf.receiver')}</dt>
            <dd>{taken.receiver.name}</dd>
            <dt>{t('behalf.day')}</dt>
            <dd>{longDay(ledger.today, language)}</dd>
            <dt>{t('behalf.address')}</dt>
            <dd className="slip-address">{address}</dd>
          </dl>
          <QrPicture text={address} label={t('behalf.qr', { address })} />
        </div>
        <ol>
          {HOW.map((word) => (
            <li key={word}>{t(word)}</li>
          ))}
        </ol>
        <p className="quiet slip-record">
          {t('behalf.record', { record: count(taken.record) })}{' '}
          <span className="code">{taken.leaf}</span>
        </p>
      </section>
      <div className="actions screen-only">
        <Button type="primary" onClick={() => print()}>
          {t('behalf.print')}
        </Button>
        <Button onClick={onNext}>{t('behalf.another')}</Button>
        <Link className="button" to={`/items/${taken.item}`}>
          {t('behalf.see')}
        </Link>
      </div>
    </div>
  );
}
