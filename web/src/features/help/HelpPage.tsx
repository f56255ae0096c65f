// Help: the list of first-day guides, and one of them on a page that prints on one sheet of A4.
import { Button } from 'antd';
import { Link, useParams } from 'react-router-dom';
import type { Key } from '../../locales';
import { Notice } from '../../ui/Notice';
import { useHere } from '../../ui/SessionContext';
import { useSpeech } from '../../ui/LanguageContext';
import { usePageTitle } from '../../ui/usePageTitle';
import { GUIDES, KEYS, type Guide } from './guides';
import './help.css';

export function HelpPage() {
  const { t } = useSpeech();
  const { role } = useParams();
  const guide = GUIDES.find((each) => each.id === role);
  if (guide) return <OneGuide guide={guide} />;
  return (
    <>
      {role ? <Notice title={t('help.unknown')} hint={t('help.unknownHint')} /> : null}
      <AllGuides />
    </>
  );
}

// Roles are named as the rest of the screen names them.
function useSay(): (key: Key) => string {
  const { t } = useSpeech();
  const roles = {
    recorder: t('term.role_recorder'),
    verifier: t('term.role_verifier'),
    supervisor: t('term.role_supervisor'),
  };
  return (key) => t(key, roles);
}

function AllGuides() {
  const { t } = useSpeech();
  const say = useSay();
  const { session } = useHere();
  usePageTitle(t('help.title'));
  // One's own role comes first.
  const mine = (guide: Guide) => session?.posts.some((post) => post.role === guide.role) ?? false;
  const ordered = [...GUIDES].sort((a, b) => Number(mine(b)) - Number(mine(a)));
  return (
    <>
      <h1>{t('help.title')}</h1>
      <p className="quiet">{t('help.intro')}</p>
      <ul className="guides">
        {ordered.map((guide) => (
          <li key={guide.id} className="card">
            <Link to={`/help/${guide.id}`}>{say(guide.title)}</Link>
            <p>{say(guide.who)}</p>
          </li>
        ))}
      </ul>
      <section className="card">
        <h2>{t('help.keys')}</h2>
        <Keys />
      </section>
    </>
  );
}

function OneGuide({ guide }: { guide: Guide }) {
  const { t } = useSpeech();
  const say = useSay();
  const title = say(guide.title);
  usePageTitle(title);
  return (
    <article className="guide">
      <div className="guide-bar">
        <Link to="/help">{t('help.all')}</Link>
        <Button onClick={() => print()}>{t('help.print')}</Button>
      </div>
      <h1>{title}</h1>
      <p className="quiet">{say(guide.who)}</p>
      <h2>{t('help.steps')}</h2>
      <ol className="guide-steps">
        {guide.steps.map(([what, how]) => (
          <li key={what}>
            <b>{say(what)}</b> {say(how)}
          </li>
        ))}
      </ol>
      <h2>{t('help.refused')}</h2>
      <ul className="guide-refused">
        {guide.refused.map((word) => (
          <li key={word}>{say(word)}</li>
        ))}
      </ul>
      <div className="guide-pair">
        <section>
          <h2>{t('help.words')}</h2>
          <dl className="guide-words">
            {guide.words.map(([word, meaning]) => (
              <div key={word}>
                <dt>{say(word)}</dt>
                <dd>{say(meaning)}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section>
          <h2>{t('help.keys')}</h2>
          <Keys />
        </section>
      </div>
      <p className="guide-foot">
        {t('help.footer', { address: `${location.host}/help/${guide.id}` })}
      </p>
    </article>
  );
}

function Keys() {
  const { t } = useSpeech();
  return (
    <dl className="guide-keys">
      {KEYS.map(([keys, word]) => (
        <div key={word}>
          <dt>
            {keys.map((each) => (
              <kbd key={each}>{each}</kbd>
            ))}
          </dt>
          <dd>{t(word)}</dd>
        </div>
      ))}
    </dl>
  );
}
