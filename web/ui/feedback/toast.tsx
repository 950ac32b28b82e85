import { Toast } from '@base-ui/react/toast';
import { X } from '@phosphor-icons/react/X';
import { IconButton } from '../controls/button.tsx';
import styles from './toast.module.css';

const toasts = Toast.createToastManager();

/** Says in one line that something was done. Never an error: those stay where they happened. */
export function say(title: string): void {
  toasts.add({ title });
}

/** Where toasts appear: bottom left, announced politely. */
export function Toasts() {
  return (
    <Toast.Provider toastManager={toasts} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className={styles['corner']}>
          <Lines />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Lines() {
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
