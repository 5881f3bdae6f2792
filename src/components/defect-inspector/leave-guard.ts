/** Has the browser ask before the page is left, while something would be lost by that. */
export class LeaveGuard {
  private isOn = false;

  /** Pages that listen all the time are loaded anew when somebody comes back to them. */
  set(isNeeded: boolean): void {
    if (isNeeded === this.isOn) return;
    this.isOn = isNeeded;
    if (isNeeded) window.addEventListener('beforeunload', ask);
    else window.removeEventListener('beforeunload', ask);
  }
}

const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
