// A new password of one's own.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { changePassword, getAccount } from '../api/account';
import type { Session } from '../api/shapes';
import { useSpeech } from './LanguageContext';
import { FormError } from './FormError';

interface Fields {
  old: string;
  fresh: string;
  again: string;
}

export function PasswordForm({ onDone }: { onDone: (session: Session) => void }) {
  const { t } = useSpeech();
  const [form] = Form.useForm<Fields>();
  const account = useQuery({ queryKey: ['account'], queryFn: getAccount });
  const changing = useMutation({
    mutationFn: ({ old, fresh }: Fields) => changePassword(old, fresh),
    onSuccess: (session) => {
      form.resetFields();
      onDone(session);
    },
  });
  const needed = { required: true, message: t('account.needed') };
  const rules = account.data?.password;
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={(fields) => changing.mutate(fields)}
    >
      <Form.Item name="old" label={t('account.passwordOld')} rules={[needed]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="fresh"
        label={t('account.passwordNew')}
        rules={[needed]}
        extra={
          rules
            ? t(rules.kinds_min > 1 ? 'account.passwordRules' : 'account.passwordChars', {
                chars: String(rules.chars_min),
                kinds: String(rules.kinds_min),
              })
            : undefined
        }
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('account.passwordTwice')}
        dependencies={['fresh']}
        rules={[
          needed,
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              !value || value === getFieldValue('fresh')
                ? Promise.resolve()
                : Promise.reject(new Error(t('account.passwordDiffers'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <FormError error={changing.error} />
      <Button type="primary" htmlType="submit" loading={changing.isPending}>
        {t('account.passwordSet')}
      </Button>
    </Form>
  );
}
