import { useSelector } from 'react-redux';
import { isOffline } from './slice';

/** True while nothing can be sent. */
export const useOffline = (): boolean => useSelector(isOffline);
