export { calendarYears, workingCalendar, type WorkingCalendar } from './working-calendar.ts';
