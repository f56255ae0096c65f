// Which kind's rows are shown, where there are several.
import { Segmented } from 'antd';
import type { Title } from '../api/shapes';
import { useSpeech } from './LanguageContext';

export function KindChoice(props: {
  kinds: readonly { kind: string; title: Title }[];
  chosen: string;
  onChoose: (kind: string) => void;
}) {
  const { pick } = useSpeech();
  if (props.kinds.length < 2) return null;
  return (
    <Segmented
      value={props.chosen}
      onChange={props.onChoose}
      options={props.kinds.map((row) => ({ value: row.kind, label: pick(row.title) }))}
    />
  );
}
