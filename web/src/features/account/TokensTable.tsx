// Tokens for scripts: what they are good for, until when; issuing and revoking.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber } from 'antd';
import { getTokens, issueToken, revokeToken } from '../../api/account';
import type { NewToken } from '../../api/shapes';
import { longInstant } from '../../lib/days';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { FormError } from '../../ui/FormError';
import { WideTable } from '../../ui/WideTable';

interface Fields {
  label: string;
  scope: string;
  days: number;
}

export function TokensTable() {
  const { t, language } = useSpeech();
  const queries = useQueryClient();
  const tokens = useQuery({ queryKey: ['tokens'], queryFn: getTokens });
  const again = { onSettled: () => queries.invalidateQueries({ queryKey: ['tokens'] }) };
  const revoking = useMutation({ mutationFn: revokeToken, ...again });
  const issuing = useMutation({
    mutationFn: ({ label, scope, days }: Fields) => issueToken(label, scope, days),
    ...again,
  });
  if (tokens.error) return <ErrorNotice error={tokens.error} />;
  if (!tokens.data) return <Loading />;
  // Those of calendars stand in a card of their own.
  const others = tokens.data.filter((each) => each.scope !== 'calendar');
  return (
    <>
      {others.length > 0 ? (
        <div className="tokens-table">
          <WideTable label={t('account.tokens')} words>
            <thead>
              <tr>
                <th scope="col">{t('account.tokenLabel')}</th>
                <th scope="col">{t('account.tokenScope')}</th>
                <th scope="col">{t('account.tokenExpires')}</th>
                <th scope="col">{t('account.revoke')}</th>
              </tr>
            </thead>
            <tbody>
              {others.map((each) => (
                <tr key={each.id}>
                  <td data-word={t('account.tokenLabel')}>{each.label}</td>
                  <td data-word={t('account.tokenScope')}>{each.scope}</td>
                  <td data-word={t('account.tokenExpires')}>
                    {each.expires ? longInstant(each.expires, language) : t('account.never')}
                  </td>
                  <td>
                    <Button size="small" onClick={() => revoking.mutate(each.id)}>
                      {t('account.revoke')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </WideTable>
        </div>
      ) : (
        <p className="quiet">{t('account.noTokens')}</p>
      )}
      <FormError error={revoking.error} />
      {issuing.data ? <Told token={issuing.data} /> : null}
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        initialValues={{ scope: 'read', days: 90 }}
        onFinish={(fields) => issuing.mutate(fields)}
      >
        <Form.Item
          name="label"
          label={t('account.tokenLabel')}
          rules={[{ required: true, message: t('account.needed') }]}
        >
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="scope"
          label={t('account.tokenScope')}
          extra={t('account.tokenScopeHint')}
          rules={[{ required: true, message: t('account.needed') }]}
        >
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item
          name="days"
          label={t('account.tokenDays')}
          rules={[{ required: true, message: t('account.needed') }]}
        >
          <InputNumber min={1} precision={0} />
        </Form.Item>
        <FormError error={issuing.error} />
        <Button htmlType="submit" loading={issuing.isPending}>
          {t('account.tokenIssue')}
        </Button>
      </Form>
    </>
  );
}

function Told({ token }: { token: NewToken }) {
  const { t } = useSpeech();
  return (
    <p role="status">
      {t('account.tokenTold')} <code className="secret">{token.token}</code>
    </p>
  );
}
