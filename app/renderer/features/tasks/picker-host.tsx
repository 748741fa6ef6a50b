import { AnchoredPanel } from '../../components/index.ts';
import { closePicker, type Picker, useUi } from '../../ui-store.ts';
import { DatePanel } from './date-panel.tsx';
import { HandPanel } from './hand-panel.tsx';
import {
  AssigneePanel,
  BlockersPanel,
  LabelPanel,
  PriorityPanel,
  ProjectPanel,
  SectionPanel,
  StatusPanel,
} from './pick-panels.tsx';
import { useTask } from './queries.ts';
import { TaskMenu } from './task-menu.tsx';
import { ReminderPanel, RepeatPanel } from './time-panels.tsx';

const labels: Readonly<Record<Picker['kind'], string>> = {
  date: 'Choose a date',
  project: 'Move to a project',
  label: 'Tags',
  priority: 'Priority',
  status: 'Status',
  assignee: 'Assigned to',
  hand: 'Hand to',
  menu: 'What to do',
  section: 'Section',
  blockers: 'Blocked by',
  repeat: 'Repeat',
  reminder: 'Remind me',
};

const Content = ({ picker }: { picker: Picker }) => {
  const ids = picker.taskIds;
  const [first = ''] = ids;
  const { task } = useTask(first);
  if (!task) return null;
  switch (picker.kind) {
    case 'date':
      return <DatePanel ids={ids} task={task} field={picker.field ?? 'due'} onDone={closePicker} />;
    case 'project':
      return <ProjectPanel ids={ids} task={task} onDone={closePicker} />;
    case 'label':
      return <LabelPanel ids={ids} task={task} />;
    case 'priority':
      return <PriorityPanel ids={ids} task={task} onDone={closePicker} />;
    case 'status':
      return <StatusPanel ids={ids} task={task} onDone={closePicker} />;
    case 'assignee':
      return <AssigneePanel ids={ids} task={task} onDone={closePicker} />;
    case 'hand':
      return <HandPanel ids={ids} task={task} onDone={closePicker} />;
    case 'menu':
      return <TaskMenu picker={picker} task={task} onDone={closePicker} />;
    case 'section':
      return <SectionPanel ids={ids} task={task} onDone={closePicker} />;
    case 'blockers':
      return <BlockersPanel task={task} />;
    case 'repeat':
      return <RepeatPanel task={task} onDone={closePicker} />;
    case 'reminder':
      return <ReminderPanel task={task} onDone={closePicker} />;
  }
};

/** The one open picker, wherever it was asked for: a key in a list, a field of the detail pane, a board card. */
export const PickerHost = () => {
  const picker = useUi((state) => state.picker);
  if (!picker) return null;
  return (
    <AnchoredPanel
      key={picker.kind}
      anchor={picker.anchor}
      at={picker.at}
      label={labels[picker.kind]}
      width={picker.kind === 'date' ? 284 : 264}
      onClose={closePicker}
    >
      <Content picker={picker} />
    </AnchoredPanel>
  );
};
