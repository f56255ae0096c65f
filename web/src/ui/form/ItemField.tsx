// An item number, with the title of the item it names.
import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { Link } from 'react-router-dom';
import { getItem } from '../../api/items';
import { asItemNo } from '../../lib/itemNo';
import { useSpeech } from '../LanguageContext';

export function ItemField({
  value,
  onChange,
  ...plain
}: {
  id: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { t } = useSpeech();
  const no = asItemNo(value);
  const found = useQuery({
    queryKey: ['item', no],
    queryFn: () => getItem(no ?? ''),
    enabled: no !== null,
    retry: false,
  });
  return (
    <>
      <Input
        {...plain}
        className="short code"
        value={value}
        maxLength={20}
        onChange={(event) => onChange(event.target.value)}
      />
      <span role="status">
        {no && found.data ? (
          <Link to={`/items/${no}`} target="_blank">
            {found.data.title ?? no}
          </Link>
        ) : null}
        {no && found.error ? <span className="late">{t('form.itemUnknown')}</span> : null}
      </span>
    </>
  );
}
