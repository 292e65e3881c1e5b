/**
 * Endpoints that no table of AWS's SDKs holds: hosts of what users made (an API, a domain, a database), names that only documents
 * tell, and services that were closed, to which old clients still sign. Written as SHAPES of data.ts are, which they override; endpoint-table.ts says how a line is read.
 * @see https://docs.aws.amazon.com/general/latest/gr/rande.html
 * @see https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-clients.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html
 * @see https://docs.aws.amazon.com/neptune/latest/userguide/iam-auth-connecting.html
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/sigv4-authenticated-requests.html
 */
export const FAMILIES = `a4b =
aoss = >aoss
appsync = appsync-api appsync-realtime-api
apptest =
aps = aps-workspaces
cloudsearch = cloudsearchdomain >cloudsearch
codecommit = git-codecommit
codestar =
ec2messages =
ecr = api.ecr dkr.ecr dkr-ecr
ecs = ecs-a ecs-t
elasticmapreduce = >elasticmapreduce
elastictranscoder =
emr-serverless = livy.emr-serverless-services
es = >es aos
evidently = dataplane.evidently
honeycode =
iot-jobs-data jobs.iot data.jobs.iot
iotanalytics =
iotevents =
ioteventsdata data.iotevents
IoTSecuredTunneling api.tunneling.iot iotsecuredtunneling
lambda = lambda-url
logs = streaming-logs
lookoutmetrics =
lookoutvision =
monitron =
neptune-db = +neptune >neptune
neptune-graph = >neptune-graph
nimble =
opensearch = >opensearch
opsworks =
opsworks-cm =
osis = >osis
panorama =
qldb = session.qldb
rds-db +rds >rds
robomaker =
s3 = s3-accelerate s3-accesspoint s3-control s3-website
ses email email-smtp
simspaceweaver =
sms =
ssmmessages =
transcribe = transcribestreaming
vpc-lattice-svcs =
worklink =`

/** Hosts of AWS that run what users put there, or take no signature: the label beside the region, with others before it, and what it is. */
export const USERS_OWN: ReadonlyMap<string, string> = new Map([
  ['airflow', "an environment's Airflow server"],
  ['cache', 'a node of ElastiCache'],
  ['cloudapp', "its owner's service"],
  ['codeartifact', 'a package repository, which takes tokens'],
  ['compute', "an EC2 instance's name"],
  ['compute-1', "an EC2 instance's name"],
  ['docdb', 'a DocumentDB cluster'],
  ['eb', 'an application on Elastic Beanstalk'],
  ['efs', 'a file system'],
  ['eks', 'a Kubernetes cluster, which takes bearer tokens'],
  ['elasticbeanstalk', 'an application on Elastic Beanstalk'],
  ['elb', 'a load balancer'],
  ['fsx', 'a file system'],
  ['kafka', 'a Kafka broker'],
  ['memorydb', 'a MemoryDB cluster'],
  ['mq', 'a message broker'],
  ['redshift', 'a Redshift cluster'],
  ['redshift-serverless', 'a Redshift workgroup'],
  ['transfer', 'a file transfer server'],
])

/** Domains whose hosts are often signed for, or stand before what is, and say neither service nor region. */
export const OTHER_DOMAINS: ReadonlyMap<string, string> = new Map([
  ['aliyuncs.com', 'Alibaba Cloud'],
  ['amazoncognito.com', "a Cognito user pool's own domain"],
  ['amplifyapp.com', 'an Amplify application'],
  ['appdomain.cloud', 'IBM Cloud Object Storage'],
  ['awsapprunner.com', 'an application on App Runner'],
  ['awsapps.com', 'an access portal'],
  ['awsglobalaccelerator.com', 'a Global Accelerator'],
  ['backblazeb2.com', 'Backblaze B2'],
  ['cloudflarestorage.com', 'Cloudflare R2'],
  ['cloudfront.net', 'a CloudFront distribution'],
  ['digitaloceanspaces.com', 'DigitalOcean Spaces'],
  ['elasticbeanstalk.com', 'an application on Elastic Beanstalk'],
  ['googleapis.com', 'Google Cloud'],
  ['idrivee2.com', 'IDrive e2'],
  ['linodeobjects.com', 'Linode Object Storage'],
  ['myqcloud.com', 'Tencent Cloud'],
  ['oraclecloud.com', 'Oracle Cloud'],
  ['ovh.net', 'OVHcloud'],
  ['scw.cloud', 'Scaleway'],
  ['tigris.dev', 'Tigris'],
  ['vultrobjects.com', 'Vultr Object Storage'],
  ['wasabisys.com', 'Wasabi'],
  ['your-objectstorage.com', 'Hetzner Object Storage'],
])
