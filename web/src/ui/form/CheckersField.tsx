// Who else checks: posts of verifiers in a unit, without names.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getPosts } from '../../api/units';
import { useSpeech } from '../LanguageContext';
import type { Around } from './inputs';
import { asUnit, type CheckerValue, type UnitValue } from './reading';
import { UnitPicker } from './UnitPicker';

export function CheckersField(props: {
  value: CheckerValue[];
  onChange: (value: CheckerValue[]) => void;
  around: Around;
}) {
  const { t } = useSpeech();
  const { value, around } = props;
  const [place, setPlace] = useState<UnitValue>(value[0]?.unit ?? around.myUnit);
  const unit = asUnit(place);
  const found = useQuery({
    queryKey: ['posts', unit?.code, 'verifier'],
    queryFn: () => getPosts(unit?.code ?? '', 'verifier'),
    enabled: unit !== null,
  });
  const posts = (found.data?.posts ?? []).filter((each) => !around.myPosts.includes(each.post));
  const chosen = (post: number) => value.some((each) => each.post === post);
  const elsewhere = value.filter((each) => !posts.some((post) => post.post === each.post));
  const turn = (checker: CheckerValue) =>
    props.onChange(
      chosen(checker.post)
        ? value.filter((each) => each.post !== checker.post)
        : [...value, { post: checker.post, unit: checker.unit }],
    );
  return (
    <>
      <label htmlFor="f-checkers-unit">{t('form.checkersUnit')}</label>
      <UnitPicker
        id="f-checkers-unit"
        value={place}
        onChange={setPlace}
        offered={around.myUnit ? [around.myUnit, ...around.units] : around.units}
      />
      <div role="status">
        {unit && found.data && posts.length === 0 ? (
          <p className="quiet">{t('form.checkersNone', { unit: unit.name })}</p>
        ) : null}
        {found.error ? <p className="late">{found.error.message || t('term.offline')}</p> : null}
      </div>
      <ul className="plain">
        {[...elsewhere, ...posts].map((checker) => (
          <li key={checker.post}>
            <label className="check">
              <input
                type="checkbox"
                checked={chosen(checker.post)}
                onChange={() => turn(checker)}
              />
              {t('form.checkerPost', { unit: checker.unit.name, post: checker.post })}
            </label>
          </li>
        ))}
      </ul>
    </>
  );
}
