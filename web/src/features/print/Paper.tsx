// A document as sheets of A4: measured, split, and shown on grey with a bar that is not printed.
import { Button } from 'antd';
import { useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useHere } from '../../ui/SessionContext';
import { useSpeech } from '../../ui/LanguageContext';
import { usePageTitle } from '../../ui/usePageTitle';
import { SIZES, type Doc } from './paper';
import { qrOf, qrText } from '../../lib/qr';
import { SheetView } from './SheetView';
import { intoSheets, type LaidSection, type Sheet } from './sheets';
import type { Signed } from './useSigned';
import { layOut } from './wrap';
import './print.css';

interface Laid {
  doc: Doc;
  sections: LaidSection[];
  sheets: Sheet[];
}

export function Paper({ doc, signed, bar }: { doc: Doc; signed: Signed | null; bar?: ReactNode }) {
  const { t, language, change } = useSpeech();
  const { ledger } = useHere();
  const host = useRef<HTMLDivElement>(null);
  const [laid, setLaid] = useState<Laid | null>(null);
  const size = SIZES[doc.orientation];
  usePageTitle(`${doc.title} ${doc.number}`);
  useLayoutEffect(() => {
    if (!host.current) return;
    const sections = layOut(host.current, doc.sections);
    setLaid({ doc, sections, sheets: intoSheets(sections, SIZES[doc.orientation]) });
  }, [doc]);
  const qr = useMemo(() => qrOf(qrText(location.origin, doc.address, signed)), [doc, signed]);
  return (
    <main id="content" className={`papers ${doc.orientation}`}>
      <div className="paper-bar">
        {bar}
        <span className="paper-count" role="status">
          {laid ? t('print.sheets', { count: laid.sheets.length }) : t('term.loading')}
        </span>
        <Button
          type="text"
          lang={language === 'en' ? 'zh-CN' : 'en'}
          onClick={() => change(language === 'en' ? 'zh-CN' : 'en')}
        >
          {t('shell.language')}
        </Button>
        <Button type="primary" onClick={() => print()}>
          {t('print.print')}
        </Button>
      </div>
      <div ref={host} className={`paper measure ${doc.orientation}`} aria-hidden="true" />
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways */}
      <div className="paper-desk" tabIndex={0} role="region" aria-label={doc.title}>
        {laid?.doc === doc
          ? laid.sheets.map((sheet, index) => (
              <SheetView
                key={index}
                doc={doc}
                sections={laid.sections}
                sheet={sheet}
                size={size}
                place={{ page: index + 1, pages: laid.sheets.length }}
                signed={signed}
                qr={qr}
                simulated={ledger.simulated}
              />
            ))
          : null}
      </div>
    </main>
  );
}
