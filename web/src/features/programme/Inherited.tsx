// What units before this one were asked and have still open: this one answers for them.
import { Button } from 'antd';
import { useState } from 'react';
import { unitAddress } from '../../lib/unitAddress';
import { useSpeech } from '../../ui/LanguageContext';
import { WideTable } from '../../ui/WideTable';
import { Day } from '../../ui/words';
import { Own } from './Own';
import { PlaceLink, SinceText, StatusText, type At } from './shown';

export function Inherited(at: At) {
  const { t } = useSpeech();
  const [chosen, setChosen] = useState<string | null>(null);
  const { rows, more } = at.requirement.inherited ?? { rows: [], more: false };
  if (rows.length === 0) return null;
  const row = rows.find((one) => unitAddress(one.unit) === chosen);
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
            {rows.map((one) => (
              <tr key={unitAddress(one.unit)}>
                <th scope="row">
                  <PlaceLink unit={one.unit} programme={at.programme} />
                  <SinceText was={one.unit} now={one.now} programme={at.programme} />
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
                      aria-expanded={row === one}
                      onClick={() => setChosen(row === one ? null : unitAddress(one.unit))}
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
          key={unitAddress(row.unit)}
          programme={at.programme}
          unit={row.unit}
          requirement={{ ...at.requirement, own: row }}
        />
      ) : null}
    </>
  );
}
