// What complains of a unit goes through nobody's hands: where the person himself sends it in.
import { useSpeech } from '../../ui/LanguageContext';
import { QrPicture } from '../../ui/QrPicture';

export function Accusation() {
  const { t, language } = useSpeech();
  const address = `${location.origin}/report`;
  return (
    <section className="not-here" role="status">
      <h2>{t('behalf.accusation')}</h2>
      <p>{t('behalf.accusationHint')}</p>
      <p>
        {t('behalf.accusationAddress')} <a href={`/report?lang=${language}`}>{address}</a>
      </p>
      <QrPicture text={address} label={t('behalf.qr', { address })} />
    </section>
  );
}
