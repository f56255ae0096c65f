// Beginning a second factor: the code to scan, the first code, the recovery codes.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { beginSecondFactor, confirmSecondFactor, getAccount } from '../api/account';
import type { RecoveryCodes, SecondFactorBegun } from '../api/shapes';
import { FormError } from './FormError';
import { useSpeech } from './LanguageContext';
import { QrPicture } from './QrPicture';

export function SecondFactorForm({ onDone }: { onDone: (told: RecoveryCodes) => void }) {
  const [begun, setBegun] = useState<SecondFactorBegun | null>(null);
  const [told, setTold] = useState<RecoveryCodes | null>(null);
  if (told) return <Recovery told={told} onKept={() => onDone(told)} />;
  if (begun) return <Confirm begun={begun} onTold={setTold} />;
  return <Begin onBegun={setBegun} />;
}

function Begin({ onBegun }: { onBegun: (begun: SecondFactorBegun) => void }) {
  const { t } = useSpeech();
  const account = useQuery({ queryKey: ['account'], queryFn: getAccount });
  const beginning = useMutation({ mutationFn: beginSecondFactor, onSuccess: onBegun });
  return (
    <Form<{ password?: string }>
      layout="vertical"
      requiredMark={false}
      onFinish={({ password = '' }) => beginning.mutate(password)}
    >
      <p>{t('account.factorWhy')}</p>
      <PasswordAgain held={account.data?.password.held ?? true} />
      <FormError error={beginning.error} />
      <Button type="primary" htmlType="submit" loading={beginning.isPending}>
        {t('account.factorBegin')}
      </Button>
    </Form>
  );
}

function Confirm(props: { begun: SecondFactorBegun; onTold: (told: RecoveryCodes) => void }) {
  const { t } = useSpeech();
  const confirming = useMutation({ mutationFn: confirmSecondFactor, onSuccess: props.onTold });
  return (
    <Form<{ code: string }>
      layout="vertical"
      requiredMark={false}
      onFinish={({ code }) => confirming.mutate(code)}
    >
      <p>{t('account.factorScan')}</p>
      <QrPicture text={props.begun.address} label={t('account.factorPicture')} />
      <p>
        {t('account.factorSecret')} <code className="secret">{props.begun.secret}</code>
      </p>
      <CodeField />
      <FormError error={confirming.error} />
      <Button type="primary" htmlType="submit" loading={confirming.isPending}>
        {t('account.factorConfirm')}
      </Button>
    </Form>
  );
}

function Recovery({ told, onKept }: { told: RecoveryCodes; onKept: () => void }) {
  const { t } = useSpeech();
  return (
    <section>
      <h2>{t('account.recoveryTitle')}</h2>
      <p>{t('account.recoveryWhy')}</p>
      <ul className="recovery">
        {told.recovery_codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Button type="primary" onClick={onKept}>
        {t('account.recoveryKept')}
      </Button>
    </section>
  );
}

/** Asked for once more, unless the account signs in through the identity provider alone. */
export function PasswordAgain({ held }: { held: boolean }) {
  const { t } = useSpeech();
  if (!held) return null;
  return (
    <Form.Item
      name="password"
      label={t('account.passwordAgain')}
      rules={[{ required: true, message: t('account.needed') }]}
    >
      <Input.Password autoComplete="current-password" />
    </Form.Item>
  );
}

export function CodeField({ recovery }: { recovery?: boolean }) {
  const { t } = useSpeech();
  return (
    <Form.Item
      name="code"
      label={t(recovery ? 'account.codeOrRecovery' : 'account.code')}
      rules={[{ required: true, message: t('account.needed') }]}
    >
      <Input autoComplete="one-time-code" maxLength={24} />
    </Form.Item>
  );
}
