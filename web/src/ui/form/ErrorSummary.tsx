// Everything that is wrong with a form, on top of it, each leading to its field.
import { useEffect, useRef } from 'react';
import { useSpeech } from '../LanguageContext';
import { fieldId } from './fields';

export interface Wrong {
  path: string | null; // null: about the form as a whole
  sentence: string;
}

/** Takes the focus whenever `attempt` grows and there is something to say. */
export function ErrorSummary({ wrong, attempt }: { wrong: Wrong[]; attempt: number }) {
  const { t } = useSpeech();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (attempt > 0) box.current?.focus();
  }, [attempt]);
  if (wrong.length === 0) return null;
  return (
    <div className="error-summary" role="alert" tabIndex={-1} ref={box}>
      <h3>{t('form.summary', { count: wrong.length })}</h3>
      <ul>
        {wrong.map((each, index) => (
          <li key={index}>
            {each.path === null ? (
              each.sentence
            ) : (
              <a
                href={`#${fieldId(each.path)}`}
                onClick={(event) => {
                  event.preventDefault();
                  goTo(each.path ?? '');
                }}
              >
                {each.sentence}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

// The element of the path, or of the field it lies in.
function goTo(path: string): void {
  const element =
    document.getElementById(fieldId(path)) ??
    document.getElementById(fieldId(path.split(/[[.]/)[0] ?? ''));
  element?.focus();
  element?.scrollIntoView({ block: 'center' });
}
