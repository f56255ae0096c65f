// What units before this one were asked and have still open: this one answers for them.
import { Button } from 'antd';
import { useState } from 'react';
import { useSpeech } from '../../ui/LanguageContext';
import { WideTable } from '../../ui/WideTable';
import { Day } from '../../ui/words';
import { Own } from './Own';
import { PlaceLink, StatusText, type At } from './shown';

export function Inherited(at: At) {
  const { t } = useSpeech();
  const [chosen, setChosen] = useState<number | null>(null);
  const { rows, more } = at.requirement.inherited ?? { rows: [], more: false };
  if (rows.length === 0) return null;
  const row = chosen === null ? undefined : rows[chosen];
  return (
    <>
      <section className="card">
        <h2>{t('programme.inherited')}</h2>
        <p className="quiet">{t('programme.inheritedHint', { unit: at.unit.name })}</p>
        <WideTable label={t('programme.inherited')} words asLines>
          <thead>
            <tr>
              <th scope="col">{t('term.unit')}</th>
              <th scope="col">{t('programme.stands')}</th>
              <th scope="col">{t('programme.due')}</th>
              <th scope="col">{t('programme.answer')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one, index) => (
              <tr key={`${one.unit.code} ${one.unit.name}`}>
                <th scope="row">
                  <PlaceLink unit={one.unit} programme={at.programme} />
                </th>
                <td data-word={t('programme.stands')}>
                  <StatusText status={one.status} late={one.late} />
                </td>
                <td data-word={t('programme.due')}>
                  <Day day={one.due} />
                </td>
                <td data-word={t('programme.answer')}>
                  {one.answers.length > 0 ? (
                    <Button
                      size="small"
                      aria-expanded={chosen === index}
                      onClick={() => setChosen(chosen === index ? null : index)}
                    >
                      {t('programme.answer')}
                    </Button>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </WideTable>
        {more ? <p className="quiet">{t('programme.inheritedMore')}</p> : null}
      </section>
      {row ? (
        <Own
          key={`${row.unit.code} ${row.unit.name}`}
          programme={at.programme}
          unit={row.unit}
          requirement={{ ...at.requirement, own: row }}
        />
      ) : null}
    </>
  );
}
