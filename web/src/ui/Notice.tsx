// What a page shows instead of its content: loading, nothing there, not allowed, an error.
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router-dom';
import { Problem } from '../api/client';
import { useSpeech } from './LanguageContext';

/** A short notice with a title, what to do, and a way on. */
export function Notice(props: {
  title: string;
  hint?: string;
  detail?: string;
  tone?: 'quiet' | 'wrong';
  children?: ReactNode;
}) {
  return (
    <section
      className={`notice ${props.tone ?? 'quiet'}`}
      role={props.tone === 'wrong' ? 'alert' : 'status'}
    >
      <h2>{props.title}</h2>
      {props.detail ? <p>{props.detail}</p> : null}
      {props.hint ? <p className="quiet">{props.hint}</p> : null}
      {props.children ? <div className="actions">{props.children}</div> : null}
    </section>
  );
}

export function Loading({ rows = 4 }: { rows?: number }) {
  const { t } = useSpeech();
  return (
    <div className="loading" role="status">
      <span className="hidden">{t('term.loading')}</span>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="bone" aria-hidden="true" />
      ))}
    </div>
  );
}

/** An error of the API as a sentence and what to do. */
export function ErrorNotice({ error, again }: { error: Error; again?: () => void }) {
  const { t } = useSpeech();
  const location = useLocation();
  const queries = useQueryClient();
  const retry = again ?? (() => void queries.refetchQueries({ type: 'active' }));
  const problem = error instanceof Problem ? error : null;
  const tryAgain = <Button onClick={retry}>{t('term.retry')}</Button>;
  if (problem?.code === 'offline')
    return (
      <Notice tone="wrong" title={t('term.offline')} hint={t('term.offlineHint')}>
        {tryAgain}
      </Notice>
    );
  if (problem?.status === 401)
    return (
      <Notice title={t('shell.signInFirst')} hint={t('shell.signInFirstHint')}>
        <Link
          className="button primary"
          to={`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`}
        >
          {t('shell.signIn')}
        </Link>
      </Notice>
    );
  if (problem && [403, 404].includes(problem.status))
    return (
      <Notice
        title={t('term.noPermission')}
        detail={problem.message}
        hint={t('term.noPermissionHint')}
      />
    );
  return (
    <Notice
      tone="wrong"
      title={t('term.somethingWrong')}
      detail={error.message}
      hint={t('term.somethingWrongHint')}
    >
      {tryAgain}
      {problem?.body.request_id ? (
        <span className="quiet">{t('term.requestId', { id: problem.body.request_id })}</span>
      ) : null}
    </Notice>
  );
}
