// The proof of a requirement's coverage as it was sealed last, and plainly what it can show.
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { getCoverageProof } from '../../api/programmes';
import type { CoverageProof } from '../../api/shapes';
import { longDay } from '../../lib/days';
import { unitAddress } from '../../lib/unitAddress';
import { FormError } from '../../ui/FormError';
import { useSpeech } from '../../ui/LanguageContext';
import { saveFile } from '../../ui/saveFile';
import type { At } from './shown';

const SPANS: CoverageProof['span'][] = ['subtree', 'unit'];

export function Proof({ programme, unit, requirement }: At) {
  const { t, language } = useSpeech();
  const [span, setSpan] = useState<CoverageProof['span']>('subtree');
  const getting = useMutation({
    mutationFn: () => getCoverageProof(unitAddress(unit), programme, requirement.requirement, span),
    onSuccess: (made) => {
      const name = `${programme}-${requirement.requirement}-${unit.code}-${made.sealed}`;
      saveFile(new Blob([made.proof], { type: 'text/plain' }), `${name}.proof.txt`);
      saveFile(new Blob([made.checkpoint], { type: 'text/plain' }), `${name}.checkpoint.txt`);
    },
  });
  const { seal } = requirement;
  return (
    <section className="card coverage-proof">
      <h2>{t('programme.proof')}</h2>
      <p className="quiet">
        {t('programme.adopted', { day: longDay(requirement.adopted, language) })}
      </p>
      {seal ? (
        <>
          <p>
            {t('programme.proofSealed', {
              day: longDay(seal.day, language),
              digest: seal.digest.slice(0, 16),
            })}
          </p>
          {seal.changed_since ? <p className="soon">{t('programme.proofChanged')}</p> : null}
          <fieldset>
            <legend>{t('programme.proofSpan')}</legend>
            {SPANS.map((one) => (
              <label key={one} className="check">
                <input
                  type="radio"
                  name="span"
                  checked={span === one}
                  onChange={() => setSpan(one)}
                />
                {t(`programme.proofSpan_${one}`)}
              </label>
            ))}
          </fieldset>
          <p>{t(`programme.proofShows_${span}`, { unit: unit.name })}</p>
          <p>{t('programme.proofNot')}</p>
          <p className="quiet">{t('programme.proofHow')}</p>
          <FormError error={getting.error} />
          <Button onClick={() => getting.mutate()} loading={getting.isPending}>
            {t('programme.proofGet')}
          </Button>
        </>
      ) : (
        <p className="quiet">{t('programme.proofUnsealed')}</p>
      )}
    </section>
  );
}
