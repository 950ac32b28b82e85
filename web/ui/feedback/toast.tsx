import { Toast } from '@base-ui/react/toast';
import { X } from '@phosphor-icons/react/X';
import { IconButton } from '../controls/button.tsx';
import styles from './toast.module.css';

const toasts = Toast.createToastManager();

/** Shows a one-line success message. Errors are shown in place instead. */
export function showToast(title: string): void {
  toasts.add({ title });
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
      <IconButton name="Close" onClick={() => close(toast.id)}>
        <X size={16} aria-hidden />
      </IconButton>
    </Toast.Root>
  ));
}
