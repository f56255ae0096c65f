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
type Mend = ((task: string) => void) | null;

const SHOWN = new Set(
  'sha256 media_type bytes name taker place taken original record destroyed origin'.split(' '),
);

// Without being asked, only so much is fetched: an old office computer has little memory.
const FETCHED_COUNT_MAX = 8;
const FETCHED_BYTES_MAX = 3 * 1024 * 1024;

export function Evidence({ item, onMend }: { item: Item; onMend: Mend }) {
  const { t } = useSpeech();
  if (item.evidence.length === 0) return null;
  return (
    <section className="card" id="evidence">
      <h2>{t('item.evidence', { count: item.evidence.length })}</h2>
      <ul className="files">
        {item.evidence.map((file, index) => (
          <OneFile
            key={`${file.sha256} ${file.record}`}
            file={file}
            no={item.item}
            onMend={onMend}
            fetched={index < FETCHED_COUNT_MAX && file.bytes <= FETCHED_BYTES_MAX}
          />
        ))}
      </ul>
    </section>
  );
}

function OneFile(props: { file: File; no: string; fetched: boolean; onMend: Mend }) {
  const { file, no, fetched, onMend } = props;
  const { t, language } = useSpeech();
  const name = file.name ?? t('item.fileUnnamed');
  return (
    <li>
      {isPicture(file.media_type) && !file.destroyed ? (
        <Picture file={file} no={no} name={name} fetched={fetched} />
      ) : null}
      <div className="file-words">
        <b>{name}</b>
        <div className="quiet">
          {fileKind(file.media_type)} · {fileSize(file.bytes)}
          {file.place ? <> · {t('item.saidTakenAt', { unit: file.place.name })}</> : null}
          {file.taker ? (
            <>
              {' '}
              · {t('form.taker')} {file.taker}
            </>
          ) : null}
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
          {file.original ? (
            <p className="quiet">
              {t('item.fileOriginal')} <code className="hash">{file.original}</code>
            </p>
          ) : null}
        </details>
        {file.destroyed ? (
          <p className="quiet">{t('item.fileDestroyed')}</p>
        ) : (
          <div className="file-tools">
            <Download file={file} no={no} />
            {onMend ? (
              <Button
                className="mend"
                size="small"
                type="text"
                onClick={() => onMend(`redact-${file.record}-file`)}
              >
                {t('item.redact')}
                <span className="hidden"> {name}</span>
              </Button>
            ) : null}
          </div>
        )}
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

function Picture(props: { file: File; no: string; name: string; fetched: boolean }) {
  const { t } = useSpeech();
  const { file, no, name } = props;
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(props.fetched);
  const found = useFile(file, no, wanted);
  const address = useBlobAddress(found.data?.blob);
  if (found.error) return <span className="thumb quiet">{t('item.pictureAway')}</span>;
  if (!wanted && !address)
    return (
      <button type="button" className="thumb" onClick={() => setWanted(true)}>
        {t('item.showPicture', { size: fileSize(file.bytes) })}
      </button>
    );
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
  const found = useFile(file, no, asked);
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
    <>
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
    </>
  );
}
