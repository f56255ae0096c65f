// The giver's side of a handover: the list as it is now, and to whose post it goes.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { getOpenWork, getUnitPosts, proposeHandover } from '../../api/posts';
import type { DatedPost } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { FormError } from '../../ui/FormError';
import { WorkTable } from './WorkTable';

export function HandOver({ post, own }: { post: DatedPost; own: number[] }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<number | null>(null);
  const work = useQuery({
    queryKey: ['open-work', post.post],
    queryFn: () => getOpenWork(post.post),
  });
  const takes = post.successor ?? post.unit;
  const others = useQuery({
    queryKey: ['unit-posts', takes.code, post.role],
    queryFn: () => getUnitPosts(takes.code, post.role),
  });
  const proposing = useMutation({
    mutationFn: (to: number) => proposeHandover(post.post, to),
    onSettled: () => queries.invalidateQueries({ queryKey: ['own-posts'] }),
  });
  const error = work.error ?? others.error;
  if (error) return <ErrorNotice error={error} />;
  if (!work.data || !others.data) return <Loading />;
  if (work.data.items.length === 0) return <p className="quiet">{t('account.handNone')}</p>;
  const takers = others.data.filter((each) => !own.includes(each.post));
  return (
    <>
      <WorkTable items={work.data.items} />
      {work.data.more ? <p>{t('account.handMore')}</p> : null}
      {takers.length === 0 ? (
        <p className="quiet">{t('account.handToNone')}</p>
      ) : (
        <p className="choose">
          <Select
            aria-label={t('account.handTo')}
            placeholder={t('account.handTo')}
            value={chosen}
            onChange={setChosen}
            options={takers.map((each) => ({ value: each.post, label: String(each.post) }))}
          />{' '}
          <Button
            disabled={chosen === null}
            loading={proposing.isPending}
            onClick={() => chosen !== null && proposing.mutate(chosen)}
          >
            {t('account.handPropose')}
          </Button>
        </p>
      )}
      <FormError error={proposing.error} />
      {proposing.isSuccess ? <p role="status">{t('account.handProposed')}</p> : null}
    </>
  );
}
