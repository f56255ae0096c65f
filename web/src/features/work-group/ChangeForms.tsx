// Forms of a group that is there: a visit, other members, its end.
import { useMemo } from 'react';
import { changeMembers, endGroup, recordVisit } from '../../api/groups';
import type { GroupDone, GroupRow, VisitWish, WorkGroupPage } from '../../api/shapes';
import { FormFields } from '../../ui/form/FormFields';
import { asList, readForm, type FormValues } from '../../ui/form/reading';
import { useSpeech } from '../../ui/LanguageContext';
import { useHere } from '../../ui/SessionContext';
import { ENDING, readItems, visitFields } from './fields';
import { MembersField, type Member } from './MembersField';
import { SendingForm } from '../../ui/form/SendingForm';
import { useSending } from '../../ui/form/useSending';
import { useSupervised } from './useSupervised';

interface Props {
  page: WorkGroupPage;
  onDone: (answer: GroupDone) => void;
}

const numberOf = (group: GroupRow) => String(group.work_group);

export function VisitForm({ page, onDone }: Props) {
  const { t } = useSpeech();
  const { ledger } = useHere();
  const { group } = page;
  const around = useSupervised();
  const fields = useMemo(() => visitFields(group.from, ledger.today), [group.from, ledger.today]);
  function read(values: FormValues) {
    const { body, faults } = readForm(fields, values);
    const opened = readItems('opened', values.opened);
    const checked = readItems('checked', values.checked);
    faults.push(...opened.faults, ...checked.faults);
    return { body: { ...body, opened: opened.list, checked: checked.list } as VisitWish, faults };
  }
  const form = useSending({
    fields,
    start: { day: ledger.today },
    read,
    send: (body: VisitWish, key) => recordVisit(numberOf(group), body, key),
    onDone,
  });
  return (
    <SendingForm form={form} word={t('group.record')}>
      <p className="quiet">{t('group.recordHint')}</p>
      <FormFields form={form} fields={fields} around={{ ...around, units: group.units }} />
    </SendingForm>
  );
}

export function MembersForm({ page, onDone }: Props) {
  const { t } = useSpeech();
  const start = { members: page.members };
  const form = useSending({
    fields: [],
    start,
    read: (values) => {
      const body = asList<Member>(values.members).map((member) => member.post);
      const none = { field: 'members', word: 'group.faultMembers' as const };
      return { body, faults: body.length === 0 ? [none] : [] };
    },
    send: (body: number[], key) => changeMembers(numberOf(page.group), body, key),
    onDone,
  });
  return (
    <SendingForm form={form} word={t('group.change')}>
      <MembersField
        value={asList<Member>(form.values.members)}
        onChange={(members) => form.setValue('members', () => members)}
        errors={form.errors}
      />
    </SendingForm>
  );
}

export function EndForm({ page, onDone }: Props) {
  const { t } = useSpeech();
  const around = useSupervised();
  const form = useSending({
    fields: ENDING,
    start: {},
    read: (values) => {
      const { body, faults } = readForm(ENDING, values);
      return { body: String(body.reason ?? ''), faults };
    },
    send: (body: string, key) => endGroup(numberOf(page.group), body, key),
    onDone,
  });
  return (
    <SendingForm form={form} word={t('group.end')}>
      <p className="quiet">{t('group.endHint')}</p>
      <FormFields form={form} fields={ENDING} around={around} />
    </SendingForm>
  );
}
