// The files an item carries: pictures to look at and enlarge, documents to open.
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { evidenceAddress } from '../api/items';
import type { Item } from '../api/shapes';
import { longDay } from '../lib/days';
import { useSpeech } from './LanguageContext';
import './evidence.css';

type File = Item['evidence'][number];

const isPicture = (file: File) => file.media_type.startsWith('image/');

/** 1.4 MB, 312 KB */
function sizeText(bytes: number): string {
  return bytes >= 1_000_000
    ? `${(bytes / 1_000_000).toFixed(1)} MB`
    : `${Math.max(1, Math.round(bytes / 1000))} KB`;
}

export function EvidenceList({ no, files }: { no: string; files: File[] }) {
  const { t } = useSpeech();
  const [shown, setShown] = useState<number | null>(null);
  const pictures = files.filter(isPicture);
  const documents = files.filter((file) => !isPicture(file));
  if (files.length === 0) return <p className="quiet">{t('work.evidenceNone')}</p>;
  return (
    <>
      <ul className="pictures">
        {pictures.map((file, index) => (
          <li key={`${file.sha256} ${file.record}`}>
            <button type="button" onClick={() => setShown(index)}>
              <img src={evidenceAddress(file.sha256, no)} alt="" loading="lazy" />
              <span>{file.name ?? t('work.fileUnnamed')}</span>
              <span className="hidden">{t('work.enlarge')}</span>
            </button>
            <FileFacts file={file} />
          </li>
        ))}
      </ul>
      <ul className="plain documents">
        {documents.map((file) => (
          <li key={`${file.sha256} ${file.record}`}>
            <a href={evidenceAddress(file.sha256, no)} download>
              {file.name ?? t('work.fileUnnamed')}
            </a>{' '}
            <FileFacts file={file} />
          </li>
        ))}
      </ul>
      {shown === null ? null : (
        <Enlarged
          no={no}
          pictures={pictures}
          at={shown}
          onAt={setShown}
          onClose={() => setShown(null)}
        />
      )}
    </>
  );
}

// What it is, where and when; the hash by which it stands in the journal.
function FileFacts({ file }: { file: File }) {
  const { t, language } = useSpeech();
  const facts = [
    sizeText(file.bytes),
    file.place?.name,
    file.taken ? t('work.fileTaken', { day: longDay(file.taken, language) }) : null,
  ].filter(Boolean);
  return (
    <small>
      {facts.join(' · ')} ·{' '}
      <span className="code" title={file.sha256}>
        {file.sha256.slice(0, 8)}…
      </span>
    </small>
  );
}

function Enlarged(props: {
  no: string;
  pictures: File[];
  at: number;
  onAt: (at: number) => void;
  onClose: () => void;
}) {
  const { t } = useSpeech();
  const { pictures, at } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  const file = pictures[at];
  if (!file) return null;
  const name = file.name ?? t('work.fileUnnamed');
  const go = (step: number) => props.onAt((at + step + pictures.length) % pictures.length);
  return (
    // The arrow keys repeat what its buttons do.
    <dialog
      ref={dialog}
      className="enlarged"
      aria-label={name}
      onClose={props.onClose}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') go(1);
        if (event.key === 'ArrowLeft') go(-1);
      }}
    >
      <img src={evidenceAddress(file.sha256, props.no)} alt={name} />
      <div className="enlarged-foot">
        <span aria-live="polite">
          {name} <FileFacts file={file} />
        </span>
        {pictures.length > 1 ? (
          <>
            <Button onClick={() => go(-1)}>{t('work.pictureBefore')}</Button>
            <Button onClick={() => go(1)}>{t('work.pictureNext')}</Button>
          </>
        ) : null}
        <Button onClick={() => dialog.current?.close()}>{t('term.close')}</Button>
      </div>
    </dialog>
  );
}
