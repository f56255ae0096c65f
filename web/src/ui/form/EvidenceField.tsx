// Evidence: files are sent at once when chosen, and named by their hash in the action.
import { Button, Input } from 'antd';
import { useEffect, useRef } from 'react';
import { Problem } from '../../api/client';
import { storeFile } from '../../api/items';
import { useSpeech } from '../LanguageContext';
import { fieldId, LIST_COUNT_MAX, PERSONS_CHARS_MAX, TITLE_CHARS_MAX } from './fields';
import { afterReload, fileFault, fileKind, fileSize, FILE_ENDINGS } from './files';
import { DayInput, FieldError, type Around, type Errors } from './inputs';
import { asText, type FileValue } from './reading';
import { UnitPicker } from './UnitPicker';

type Change = (change: (before: FileValue[]) => FileValue[]) => void;

export function EvidenceField(props: {
  value: FileValue[];
  onChange: Change;
  errors: Errors;
  around: Around;
}) {
  const { t } = useSpeech();
  const { value, onChange } = props;
  const choose = useRef<HTMLInputElement>(null);
  const { send, stop } = useUploads(onChange);
  return (
    <>
      <ul className="rows">
        {value.map((file, index) => (
          <OneFile
            key={file.id}
            path={`evidence[${index}]`}
            file={file}
            errors={props.errors}
            around={props.around}
            onChange={(changes) =>
              onChange((before) =>
                before.map((each) => (each.id === file.id ? { ...each, ...changes } : each)),
              )
            }
            onRemove={() => {
              stop(file.id);
              onChange((before) => before.filter((each) => each.id !== file.id));
            }}
          />
        ))}
      </ul>
      <input
        ref={choose}
        hidden
        type="file"
        multiple
        accept={FILE_ENDINGS.map((ending) => `.${ending}`).join(',')}
        onChange={(event) => {
          const files = Array.from(event.target.files ?? []);
          files.slice(0, LIST_COUNT_MAX - value.length).forEach(send);
          event.target.value = '';
        }}
      />
      <Button disabled={value.length >= LIST_COUNT_MAX} onClick={() => choose.current?.click()}>
        {t('form.addFile')}
      </Button>
    </>
  );
}

function useUploads(onChange: Change) {
  const { t } = useSpeech();
  const running = useRef(new Map<string, AbortController>());
  const change = useRef(onChange);
  change.current = onChange;
  const broken = t('form.uploadBroken');
  useEffect(() => {
    const uploads = running.current;
    // What a draft has left half sent is not being sent any more.
    change.current((before) => (uploads.size === 0 ? afterReload(before, broken) : before));
    return () => uploads.forEach((upload) => upload.abort());
  }, [broken]);

  const patch = (id: string, changes: Partial<FileValue>) =>
    change.current((before) =>
      before.map((each) => (each.id === id ? { ...each, ...changes } : each)),
    );
  function send(file: File): void {
    const id = `${file.name} ${file.size} ${file.lastModified}`;
    const fault = fileFault(file.name, file.size);
    const row: FileValue = {
      id,
      file: file.name,
      bytes: file.size,
      mediaType: file.type,
      sha256: null,
      percent: 0,
      fault: fault ? t(fault) : null,
      name: '',
      taker: '',
      place: null,
      taken: '',
    };
    // Choosing a file again takes the place of the one that failed.
    change.current((before) => [...before.filter((each) => each.id !== id), row]);
    if (fault) return;
    const stop = new AbortController();
    running.current.get(id)?.abort();
    running.current.set(id, stop);
    storeFile(file, (percent) => patch(id, { percent }), stop.signal)
      .then((kept) =>
        patch(id, { sha256: kept.sha256, mediaType: kept.media_type, bytes: kept.bytes }),
      )
      .catch((error: unknown) => {
        if (!(error instanceof Problem)) return;
        patch(id, { fault: error.message || t('term.offline') });
      })
      .finally(() => running.current.delete(id));
  }
  return { send, stop: (id: string) => running.current.get(id)?.abort() };
}

function OneFile(props: {
  path: string;
  file: FileValue;
  errors: Errors;
  around: Around;
  onChange: (changes: Partial<FileValue>) => void;
  onRemove: () => void;
}) {
  const { t } = useSpeech();
  const { path, file } = props;
  const id = (part: string) => fieldId(`${path}.${part}`);
  return (
    <li id={fieldId(path)} tabIndex={-1}>
      <div className="wide-part file-line">
        <b>{file.file}</b>
        <span className="quiet">
          {fileSize(file.bytes)} {file.sha256 ? fileKind(file.mediaType) : ''}
        </span>
        {file.sha256 ? <span className="good">{t('form.uploaded')}</span> : null}
        {file.sha256 === null && file.fault === null ? (
          <progress max={100} value={file.percent} aria-label={t('form.uploading')} />
        ) : null}
        <Button
          type="text"
          aria-label={t('form.removeNamed', { name: file.file })}
          onClick={props.onRemove}
        >
          {t('form.remove')}
        </Button>
      </div>
      {file.fault ? (
        <p className="late wide-part" role="alert">
          {file.fault}
        </p>
      ) : (
        <>
          <FieldError id={fieldId(path)} error={props.errors.at(path)} />
          <div className="wide-part">
            <label htmlFor={id('name')}>{t('form.fileShows')}</label>
            <Input
              id={id('name')}
              maxLength={TITLE_CHARS_MAX}
              value={asText(file.name)}
              onChange={(event) => props.onChange({ name: event.target.value })}
            />
          </div>
          <div>
            <label htmlFor={id('taker')}>{t('form.taker')}</label>
            <Input
              id={id('taker')}
              maxLength={PERSONS_CHARS_MAX}
              value={asText(file.taker)}
              onChange={(event) => props.onChange({ taker: event.target.value })}
            />
          </div>
          <div>
            <label htmlFor={id('place')}>{t('form.filePlace')}</label>
            <UnitPicker
              id={id('place')}
              value={file.place}
              onChange={(place) => props.onChange({ place })}
              offered={props.around.units}
            />
          </div>
          <div>
            <label htmlFor={id('taken')}>{t('form.fileTaken')}</label>
            <DayInput
              id={id('taken')}
              max={props.around.today}
              value={asText(file.taken)}
              onChange={(taken) => props.onChange({ taken })}
            />
          </div>
        </>
      )}
    </li>
  );
}
