// The files an item carries: what each is, its hash, where and when taken; pictures enlarged.
import { Button, Image } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { getFile } from '../../api/items';
import type { Item } from '../../api/shapes';
import { toHex } from '../../lib/bytes';
import { longDay } from '../../lib/days';
import { sha256 } from '../../lib/sha256';
import { fieldWord } from '../../ui/form/fields';
import { fileKind, fileSize, isPicture } from '../../ui/form/files';
import { useSpeech } from '../../ui/LanguageContext';
import { saveFile } from '../../ui/saveFile';
import { others } from './values';

type File = Item['evidence'][number];

const SHOWN = new Set('sha256 media_type bytes name place taken record origin'.split(' '));

export function Evidence({ item }: { item: Item }) {
  const { t } = useSpeech();
  if (item.evidence.length === 0) return null;
  return (
    <section className="card" id="evidence">
      <h2>{t('item.evidence', { count: item.evidence.length })}</h2>
      <ul className="files">
        {item.evidence.map((file) => (
          <OneFile key={`${file.sha256} ${file.record}`} file={file} no={item.item} />
        ))}
      </ul>
    </section>
  );
}

function OneFile({ file, no }: { file: File; no: string }) {
  const { t, language } = useSpeech();
  const name = file.name ?? t('item.fileUnnamed');
  return (
    <li>
      {isPicture(file.media_type) ? <Picture file={file} no={no} name={name} /> : null}
      <div className="file-words">
        <b>{name}</b>
        <div className="quiet">
          {fileKind(file.media_type)} · {fileSize(file.bytes)}
          {file.place ? <> · {t('item.saidTakenAt', { unit: file.place.name })}</> : null}
          {file.taken ? (
            <> · {t('item.saidTakenOn', { day: longDay(file.taken, language) })}</>
          ) : null}
          {others(file, SHOWN).map(({ name: field, value }) => {
            const word = fieldWord(field);
            return (
              <span key={field}>
                {' '}
                · {word ? t(word) : field} {value}
              </span>
            );
          })}
        </div>
        <details>
          <summary>{t('item.fileHash')}</summary>
          <code className="hash">{file.sha256}</code>
        </details>
        <Download file={file} no={no} />
      </div>
    </li>
  );
}

// The bytes once fetched, and whether their hash is the one the journal has.
function useFile(file: File, no: string, enabled: boolean) {
  return useQuery({
    queryKey: ['evidence', file.sha256],
    queryFn: async () => {
      const blob = await getFile(file.sha256, no);
      const hash = toHex(await sha256(new Uint8Array(await blob.arrayBuffer())));
      return { blob, same: hash === file.sha256 };
    },
    enabled,
    staleTime: Infinity,
    gcTime: 60_000,
    meta: { still: true },
  });
}

function Picture({ file, no, name }: { file: File; no: string; name: string }) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  const found = useFile(file, no, true);
  const address = useBlobAddress(found.data?.blob);
  if (found.error) return <span className="thumb quiet">{t('item.pictureAway')}</span>;
  if (!address) return <span className="thumb bone" />;
  return (
    <>
      <button
        type="button"
        className="thumb"
        aria-label={t('item.enlarge', { name })}
        onClick={() => setOpen(true)}
      >
        <img src={address} alt={name} />
      </button>
      {open ? (
        <Image
          className="hidden"
          alt={name}
          src={address}
          preview={{ visible: true, src: address, onVisibleChange: setOpen }}
        />
      ) : null}
    </>
  );
}

function useBlobAddress(blob: Blob | undefined): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!blob) return undefined;
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return address;
}

function Download({ file, no }: { file: File; no: string }) {
  const { t } = useSpeech();
  const [asked, setAsked] = useState(false);
  const found = useFile(file, no, asked || isPicture(file.media_type));
  const ending = fileKind(file.media_type).toLowerCase();
  const fileName = `${file.name ?? file.sha256.slice(0, 12)}.${ending}`;
  const blob = found.data?.blob;
  useEffect(() => {
    if (asked && blob) {
      setAsked(false);
      saveFile(blob, fileName);
    }
  }, [asked, blob, fileName]);
  return (
    <div className="file-tools">
      <Button size="small" loading={asked && found.isFetching} onClick={() => setAsked(true)}>
        {t('item.download')}
        <span className="hidden"> {fileName}</span>
      </Button>
      <span role="status">
        {found.data ? (
          <span className={found.data.same ? 'good' : 'late'}>
            {t(found.data.same ? 'item.hashSame' : 'item.hashOther')}
          </span>
        ) : null}
        {found.error ? (
          <span className="late">{found.error.message || t('term.offline')}</span>
        ) : null}
      </span>
    </div>
  );
}
