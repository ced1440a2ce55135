export { Criterion } from './criteria/criterion';
