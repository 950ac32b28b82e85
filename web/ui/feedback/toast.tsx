import { Toast } from '@base-ui/react/toast';
import { X } from '@phosphor-icons/react/X';
import { IconButton, buttonClass } from '../controls/button.tsx';
import styles from './toast.module.css';

const toasts = Toast.createToastManager();

/** What a toast offers to do, such as taking back what it tells about. */
interface ToastAction {
  readonly label: string;
  readonly onClick: () => void;
}

/** Longer than usual, because there is something to decide. */
const ACTION_MS = 15_000;

/** Shows a one-line success message, with one action if there is one. Errors are shown in place instead. */
export function showToast(title: string, action?: ToastAction): void {
  if (!action) return void toasts.add({ title });
  const id = toasts.add({
    title,
    timeout: ACTION_MS,
    actionProps: {
      children: action.label,
      onClick: () => {
        toasts.close(id);
        action.onClick();
      },
    },
  });
}

/** The toast region: bottom left, announced politely. */
export function Toasts() {
  return (
    <Toast.Provider toastManager={toasts} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className={styles['corner']}>
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const { toasts: shown, close } = Toast.useToastManager();
  return shown.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={styles['toast']}>
      <Toast.Title className={styles['line']}>{toast.title}</Toast.Title>
      <Toast.Action className={buttonClass('quiet', 'small')} />
      <IconButton name="Close" onClick={() => close(toast.id)}>
        <X size={16} aria-hidden />
      </IconButton>
    </Toast.Root>
  ));
}
