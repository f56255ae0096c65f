// My posts: held and acted in, who acts in mine, and handing their open work over.
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { getOwnPosts } from '../../api/posts';
import type { DatedPost } from '../../api/shapes';
import { longDay } from '../../lib/days';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { postWords } from '../../ui/post';
import { WideTable } from '../../ui/WideTable';
import { HandOver } from './HandOver';
import { OpenHandover } from './OpenHandover';

export function PostsCard() {
  const { t } = useSpeech();
  const own = useQuery({ queryKey: ['own-posts'], queryFn: getOwnPosts });
  const [taken, setTaken] = useState<number | null>(null);
  const [giving, setGiving] = useState<number | null>(null);
  if (own.error) return <ErrorNotice error={own.error} />;
  if (!own.data) return <Loading />;
  const { posts, acted_in, handovers } = own.data;
  const numbers = posts.map((post) => post.post);
  return (
    <>
      {posts.length === 0 ? <p className="quiet">{t('account.noPosts')}</p> : null}
      <PostsTable
        label={t('account.posts')}
        posts={posts}
        giving={giving}
        onGive={(post) => setGiving(giving === post ? null : post)}
      />
      {posts
        .filter((post) => post.post === giving)
        .map((post) => (
          <HandOver key={post.post} post={post} own={numbers} />
        ))}
      {acted_in.length > 0 ? (
        <>
          <h3>{t('account.actedIn')}</h3>
          <PostsTable label={t('account.actedIn')} posts={acted_in} />
          <p className="quiet">{t('account.actingHint')}</p>
        </>
      ) : null}
      {handovers.length > 0 ? <h3>{t('account.handovers')}</h3> : null}
      <ul className="plain">
        {handovers.map((note) => (
          <OpenHandover key={note.handover} note={note} onTaken={setTaken} />
        ))}
      </ul>
      {taken !== null ? (
        <p role="status">{t('account.handDone', { count: String(taken) })}</p>
      ) : null}
    </>
  );
}

function PostsTable(props: {
  label: string;
  posts: DatedPost[];
  giving?: number | null;
  onGive?: (post: number) => void;
}) {
  const { t, language } = useSpeech();
  const { onGive } = props;
  if (props.posts.length === 0) return null;
  const dates = ({ from, to }: DatedPost) =>
    to
      ? t('account.datesTo', { from: longDay(from, language), to: longDay(to, language) })
      : t('account.datesFrom', { from: longDay(from, language) });
  return (
    <div className="posts-table">
      <WideTable label={props.label} words>
        <thead>
          <tr>
            <th scope="col">{t('account.number')}</th>
            <th scope="col">{props.label}</th>
            <th scope="col">{t('account.dates')}</th>
            {onGive ? <th scope="col">{t('account.handWork')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {props.posts.map((post) => (
            <tr key={post.post}>
              <td>{post.post}</td>
              <td>{postWords(post, t)}</td>
              <td>{dates(post)}</td>
              {onGive ? (
                <td>
                  {post.acting ? null : (
                    <Button
                      size="small"
                      aria-expanded={props.giving === post.post}
                      onClick={() => onGive(post.post)}
                    >
                      {t('account.handWork')}
                    </Button>
                  )}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </WideTable>
    </div>
  );
}
