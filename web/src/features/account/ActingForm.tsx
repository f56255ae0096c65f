// What a security administrator does about posts: lets somebody act, hands over for who is gone.
import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber } from 'antd';
import { grantActing, proposeForAnother } from '../../api/posts';
import { useSpeech } from '../../ui/LanguageContext';
import { FormError } from '../../ui/FormError';

interface ActingFields {
  place: number;
  by: number;
  to: string;
}
interface HandoverFields {
  from: number;
  to: number;
}

export function ActingForm() {
  const { t } = useSpeech();
  const granting = useMutation({
    mutationFn: ({ place, by, to }: ActingFields) => grantActing(place, by, to),
  });
  const needed = [{ required: true, message: t('account.needed') }];
  return (
    <Form<ActingFields>
      layout="vertical"
      requiredMark={false}
      onFinish={(fields) => granting.mutate(fields)}
    >
      <p className="quiet">{t('account.actingHint')}</p>
      <Form.Item name="place" label={t('account.actingFor')} rules={needed}>
        <InputNumber min={1} precision={0} />
      </Form.Item>
      <Form.Item name="by" label={t('account.actingBy')} rules={needed}>
        <InputNumber min={1} precision={0} />
      </Form.Item>
      <Form.Item name="to" label={t('account.actingTo')} rules={needed}>
        <Input maxLength={10} />
      </Form.Item>
      <FormError error={granting.error} />
      {granting.data ? (
        <p role="status">{t('account.actingGiven', { post: String(granting.data) })}</p>
      ) : null}
      <Button htmlType="submit" loading={granting.isPending}>
        {t('account.actingGive')}
      </Button>
    </Form>
  );
}

export function HandoverForm() {
  const { t } = useSpeech();
  const proposing = useMutation({
    mutationFn: ({ from, to }: HandoverFields) => proposeForAnother(from, to),
  });
  const needed = [{ required: true, message: t('account.needed') }];
  return (
    <Form<HandoverFields>
      layout="vertical"
      requiredMark={false}
      onFinish={(fields) => proposing.mutate(fields)}
    >
      <p className="quiet">{t('account.handForHint')}</p>
      <Form.Item name="from" label={t('account.handFrom')} rules={needed}>
        <InputNumber min={1} precision={0} />
      </Form.Item>
      <Form.Item name="to" label={t('account.handTo')} rules={needed}>
        <InputNumber min={1} precision={0} />
      </Form.Item>
      <FormError error={proposing.error} />
      {proposing.data ? <p role="status">{t('account.handProposed')}</p> : null}
      <Button htmlType="submit" loading={proposing.isPending}>
        {t('account.handFor')}
      </Button>
    </Form>
  );
}
