// What is wrong with a filled-in table, row by row. Nothing of it was taken.
import type { ReactNode } from 'react';
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import { WideTable } from '../../ui/WideTable';
import { faultyRows, type Faults as Found } from './importFile';

export function Faults({ faults, children }: { faults: Found; children: ReactNode }) {
  const { t } = useSpeech();
  return (
    <div className="faults">
      <p role="alert" className="late">
        {t('ledger.importFaulty', {
          faults: count(faults.total),
          rows: count(faultyRows(faults)),
        })}
      </p>
      <p>{t('ledger.importFaultyHint')}</p>
      <div className="import-actions">{children}</div>
      <WideTable label={t('ledger.importFaults')}>
        <thead>
          <tr>
            <th scope="col">{t('ledger.importRow')}</th>
            <th scope="col">{t('ledger.importColumn')}</th>
            <th scope="col">{t('ledger.importWrong')}</th>
          </tr>
        </thead>
        <tbody>
          {faults.rows.map((fault, index) => (
            <tr key={index}>
              <td>{count(fault.row)}</td>
              <td>{fault.column ?? t('ledger.importWholeRow')}</td>
              <td>{fault.detail}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      {faults.total > faults.rows.length ? (
        <p className="quiet">
          {t('ledger.importMoreFaults', { count: count(faults.total - faults.rows.length) })}
        </p>
      ) : null}
    </div>
  );
}
