// How I am told outside the ledger: a mail address, what the gateway knows me by, the language.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Radio } from 'antd';
import { getContact, setContact } from '../../api/account';
import type { Contact } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { FormError } from '../../ui/FormError';

type Fields = Pick<Contact, 'mail' | 'gateway' | 'language'>;

export function ContactForm() {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const contact = useQuery({
    queryKey: ['contact'],
    queryFn: getContact,
    meta: { still: true }, // what is being typed is not overwritten
  });
  const saving = useMutation({
    mutationFn: (fields: Fields) =>
      setContact({
        mail: fields.mail.trim(),
        gateway: fields.gateway.trim(),
        language: fields.language,
      }),
    onSuccess: (now) => queries.setQueryData(['contact'], now),
  });
  if (contact.error) return <ErrorNotice error={contact.error} />;
  if (!contact.data) return <Loading />;
  const now = contact.data;
  return (
    <>
      <p>{t('account.contactNote')}</p>
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        initialValues={now}
        onFinish={(fields) => saving.mutate(fields)}
      >
        <Form.Item
          name="mail"
          label={t('account.contactMail')}
          extra={t(now.mail_sent ? 'account.contactEmpty' : 'account.contactMailOff')}
        >
          <Input type="email" autoComplete="email" maxLength={254} />
        </Form.Item>
        <Form.Item
          name="gateway"
          label={t('account.contactGateway')}
          extra={t(now.gateway_called ? 'account.contactEmpty' : 'account.contactGatewayOff')}
        >
          <Input maxLength={64} />
        </Form.Item>
        <Form.Item name="language" label={t('account.contactLanguage')}>
          <Radio.Group>
            <Radio value="zh-CN">{t('account.contactChinese')}</Radio>
            <Radio value="en">{t('account.contactEnglish')}</Radio>
          </Radio.Group>
        </Form.Item>
        <FormError error={saving.error} />
        {saving.isSuccess ? <p role="status">{t('account.contactSaved')}</p> : null}
        <Button htmlType="submit" loading={saving.isPending}>
          {t('account.contactSave')}
        </Button>
      </Form>
    </>
  );
}
