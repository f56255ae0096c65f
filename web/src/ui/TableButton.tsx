// A table for a spreadsheet, saved as a file.
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useSpeech } from './LanguageContext';
import { ErrorNotice } from './Notice';
import { saveFile } from './saveFile';

/** `word`: where the table has other rows than what it stands beside. */
export function TableButton(props: { load: () => Promise<Blob>; name: string; word?: string }) {
  const { load, name, word } = props;
  const { t } = useSpeech();
  const saving = useMutation({ mutationFn: load, onSuccess: (bytes) => saveFile(bytes, name) });
  return (
    <>
      <Button size="small" loading={saving.isPending} onClick={() => saving.mutate()}>
        {word ?? t('term.table')}
      </Button>
      {saving.error ? <ErrorNotice error={saving.error} /> : null}
    </>
  );
}
