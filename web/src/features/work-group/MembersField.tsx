// Who is in a work group: working posts of units, without names.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Post, Role } from '../../api/shapes';
import { getPosts } from '../../api/units';
import { fieldId } from '../../ui/form/fields';
import { FieldError, type Errors } from '../../ui/form/inputs';
import { asUnit, type UnitValue } from '../../ui/form/reading';
import { UnitPicker } from '../../ui/form/UnitPicker';
import { useSpeech } from '../../ui/LanguageContext';
import { useHere } from '../../ui/SessionContext';

export type Member = Pick<Post, 'post' | 'unit' | 'role'>;

const WORKING: Role[] = ['recorder', 'responsible', 'verifier', 'supervisor'];

export function MembersField(props: {
  value: Member[];
  onChange: (value: Member[]) => void;
  errors: Errors;
}) {
  const { t } = useSpeech();
  const { session } = useHere();
  const { value } = props;
  const own = session?.posts.map((post) => post.unit) ?? [];
  const [place, setPlace] = useState<UnitValue>(own[0] ?? null);
  const unit = asUnit(place);
  const found = useQuery({
    queryKey: ['posts', unit?.code],
    queryFn: () => getPosts(unit?.code ?? ''),
    enabled: unit !== null,
  });
  const posts = (found.data?.posts ?? []).filter(
    (post) => WORKING.includes(post.role) && !post.acting,
  );
  const chosen = (post: number) => value.some((each) => each.post === post);
  const elsewhere = value.filter((each) => !posts.some((post) => post.post === each.post));
  const turn = (member: Member) =>
    props.onChange(
      chosen(member.post)
        ? value.filter((each) => each.post !== member.post)
        : [...value, { post: member.post, unit: member.unit, role: member.role }],
    );
  const error = props.errors.at('members');
  const id = fieldId('members');
  return (
    <fieldset
      className={error ? 'form-field faulty' : 'form-field'}
      id={id}
      tabIndex={-1}
      aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`}
    >
      <legend>{t('group.members')}</legend>
      <p className="quiet" id={`${id}-hint`}>
        {t('group.membersHint')}
      </p>
      <FieldError id={id} error={error} />
      <label htmlFor="f-members-unit">{t('group.memberUnit')}</label>
      <UnitPicker id="f-members-unit" value={place} onChange={setPlace} offered={own} />
      <div role="status">
        {unit && found.data && posts.length === 0 ? (
          <p className="quiet">{t('group.membersNone', { unit: unit.name })}</p>
        ) : null}
        {found.error ? <p className="late">{found.error.message || t('term.offline')}</p> : null}
      </div>
      <ul className="plain">
        {[...elsewhere, ...posts].map((member) => (
          <li key={member.post}>
            <label className="check">
              <input type="checkbox" checked={chosen(member.post)} onChange={() => turn(member)} />
              {t('group.member', {
                unit: member.unit.name,
                role: t(`term.role_${member.role}`),
                post: member.post,
              })}
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
