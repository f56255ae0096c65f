// Who checked too: verifiers' posts of the units above the item, without names.
import { useQueries } from '@tanstack/react-query';
import { getPosts } from '../../api/units';
import type { Item } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';
import { useHere } from '../../ui/SessionContext';

export function CheckersField(props: {
  item: Item;
  count: number;
  value: number[];
  wrong: string | undefined;
  onChange: (posts: number[]) => void;
}) {
  const { t } = useSpeech();
  const { session } = useHere();
  const answers = useQueries({
    queries: props.item.path.map((unit) => ({
      queryKey: ['posts', unit.code, 'verifier'],
      queryFn: () => getPosts(unit.code, 'verifier'),
      staleTime: 60_000,
    })),
  });
  const own = session?.posts.map((post) => post.post) ?? [];
  const posts = answers
    .flatMap((answer) => answer.data?.posts ?? [])
    .filter((post) => !own.includes(post.post))
    .reverse();
  const waiting = answers.some((answer) => answer.isPending);
  const turn = (post: number, on: boolean) =>
    props.onChange(on ? [...props.value, post] : props.value.filter((each) => each !== post));
  return (
    <fieldset className="field checkers">
      <legend>{t('work.checkers', { count: props.count })}</legend>
      {posts.map((post) => (
        <label key={post.post}>
          <input
            type="checkbox"
            checked={props.value.includes(post.post)}
            aria-invalid={props.wrong ? true : undefined}
            onChange={(event) => turn(post.post, event.target.checked)}
          />{' '}
          {t('work.checkerPost', { unit: post.unit.name, post: post.post })}
        </label>
      ))}
      {!waiting && posts.length === 0 ? <p className="hint">{t('work.checkersNone')}</p> : null}
      {props.wrong ? <p className="wrong">{props.wrong}</p> : null}
    </fieldset>
  );
}
