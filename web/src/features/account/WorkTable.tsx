// A list of open work: which items, and what part the post has in each.
import { Link } from 'react-router-dom';
import type { OpenWork } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';
import { WideTable } from '../../ui/WideTable';

export function WorkTable({ items }: { items: OpenWork }) {
  const { t } = useSpeech();
  return (
    <WideTable label={t('account.handWork')} words>
      <thead>
        <tr>
          <th scope="col">{t('account.itemNo')}</th>
          <th scope="col">{t('account.itemTitle')}</th>
          <th scope="col">{t('account.parts')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((each) => (
          <tr key={each.item}>
            <td>
              <Link to={`/items/${each.item}`}>{each.item}</Link>
            </td>
            <td>{each.title ?? '—'}</td>
            <td>{each.parts.map((part) => t(`item.work_${part}`)).join(t('item.clauseComma'))}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
